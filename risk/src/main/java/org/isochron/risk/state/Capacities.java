package org.isochron.risk.state;

/**
 * How many of each thing a venue holds: sequenced, so that every replica refuses the same command. Arrays are sized once,
 * when the venue is defined.
 */
public record Capacities(
        int assets,
        int instruments,
        int accounts,
        int positions,
        int orders,
        int sessions,
        int firms,
        int mmpGroups,
        int pledges) {

    /** What a venue starts with until VenueDefine says otherwise. */
    public static final Capacities GENESIS = new Capacities(16, 64, 1_024, 8_192, 65_536, 128, 256, 1_024, 1_024);

    /** The largest of each: beyond, one command could owe more events than a batch holds, or an array its index. */
    public static final Capacities LARGEST =
            new Capacities(64, 512, 1_048_576, 2_097_152, 1_048_576, 512, 65_536, 65_536, 1_048_576);
}
