package org.isochron.ops.load;

import java.util.ArrayList;
import java.util.List;
import org.isochron.ops.client.PricePort;
import org.isochron.ops.definition.VenueDefinitions.Listing;

/** Publishers of the underlying's price: every source tells each instrument's at the same rate, and all agree on it. */
final class PriceSources {
    private final List<Listing> listings;
    private final List<RandomWalk> walks = new ArrayList<>();
    private final List<PricePort> ports = new ArrayList<>();
    private CrashPath crash = new CrashPath(0);
    private long crashStartNs;
    private Schedule ticks;
    private int next;

    PriceSources(final List<Listing> listings, final long seed) {
        this.listings = listings;
        for (final Listing listing : listings) {
            walks.add(new RandomWalk(listing.firstPriceE9() / listing.sourceTickE9(), seed + walks.size() + 1));
        }
    }

    /** Adds a source, which tells the instruments' prices over these ports, in their order. */
    void add(final List<PricePort> source) {
        ports.addAll(source);
    }

    void start(final long nowNs) {
        ticks = new Schedule((long) LoadProfile.TICKS_PER_SECOND * ports.size(), Long.MAX_VALUE, 0);
        ticks.start(nowNs);
    }

    /** From now on prices follow the path, beside their own ways. */
    void follow(final CrashPath path, final long nowNs) {
        crash = path;
        crashStartNs = nowNs;
    }

    /** Sends what is due; ticks sent. */
    int publish(final long nowNs) {
        int sent = 0;
        while (ticks.isDue(nowNs)) {
            final int instrument = next % listings.size();
            final RandomWalk walk = walks.get(instrument);
            final long ticksNow = crash.apply(walk.ticks(), nowNs - crashStartNs);
            if (!ports.get(next).tick(ticksNow * listings.get(instrument).sourceTickE9())) {
                break;
            }
            // The walk goes on once the first source has told where it stands.
            if (next < listings.size()) {
                walk.step();
            }
            next = (next + 1) % ports.size();
            ticks.take();
            sent++;
        }
        return sent;
    }
}
