package org.isochron.sequencer.replica;

/** The four nouns of the venue: sections of a snapshot, and suspects of a divergence. */
public enum Noun {
    BOOKS,
    LEDGER,
    MARKS,
    SESSIONS;

    private static final Noun[] ALL = values();

    public static final int COUNT = ALL.length;

    /** The noun with that ordinal. */
    public static Noun of(final int ordinal) {
        return ALL[ordinal];
    }
}
