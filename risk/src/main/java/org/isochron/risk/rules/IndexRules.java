package org.isochron.risk.rules;

/** How the index of an instrument is made of its sources (rulebook 3). Fields are those of the message IndexRules. */
public final class IndexRules {
    /** Price sources an instrument may have. */
    public static final int SOURCES = 16;

    public static final int SOFT_STALE_NS = 0;
    public static final int STALE_NS = 1;
    public static final int DEVIATION = 2;
    public static final int JUMP = 3;
    public static final int JUMP_PERSIST_NS = 4;
    public static final int REQUIRED_SOURCES = 5;
    /** Eight weights of a byte in each of two fields, source 0 in the lowest byte of the first. */
    private static final int WEIGHTS = 6;

    private static final int WEIGHTS_PER_FIELD = 8;
    private static final int FIELDS = WEIGHTS + SOURCES / WEIGHTS_PER_FIELD;

    private final RuleTable table;

    IndexRules(final int instruments) {
        table = new RuleTable("indexRules", instruments, FIELDS);
    }

    /** For adoption: fields are staged there. */
    public RuleTable table() {
        return table;
    }

    public boolean isDefined(final int instrument) {
        return table.isDefined(instrument);
    }

    /** Age from which a source counts only when the others are too few. */
    public long softStaleNs(final int instrument) {
        return table.get(instrument, SOFT_STALE_NS);
    }

    /** Age at which a source drops out. */
    public long staleNs(final int instrument) {
        return table.get(instrument, STALE_NS);
    }

    /** Distance from the median beyond which a source drops out, ppm; 0 for no limit. */
    public int deviationPpm(final int instrument) {
        return table.getInt(instrument, DEVIATION);
    }

    /** Step of the index beyond which it has to be confirmed, ppm; 0 for no limit. */
    public int jumpPpm(final int instrument) {
        return table.getInt(instrument, JUMP);
    }

    /** How long a step that nobody confirms has to persist. */
    public long jumpPersistNs(final int instrument) {
        return table.get(instrument, JUMP_PERSIST_NS);
    }

    /** Sources a valid index needs. */
    public int requiredSources(final int instrument) {
        return table.getInt(instrument, REQUIRED_SOURCES);
    }

    /** Weight of a source, 0 for one that never counts. */
    public int weight(final int instrument, final int source) {
        final long packed = table.get(instrument, WEIGHTS + source / WEIGHTS_PER_FIELD);
        return (int) (packed >>> source % WEIGHTS_PER_FIELD * Byte.SIZE) & 0xFF;
    }

    /** Stages the weights of all sources, each 0 to 255. */
    public void stageWeights(final int[] weights) {
        for (int field = 0; field < SOURCES / WEIGHTS_PER_FIELD; field++) {
            long packed = 0;
            for (int place = WEIGHTS_PER_FIELD - 1; place >= 0; place--) {
                packed = packed << Byte.SIZE | weights[field * WEIGHTS_PER_FIELD + place];
            }
            table.stage(WEIGHTS + field, packed);
        }
    }
}
