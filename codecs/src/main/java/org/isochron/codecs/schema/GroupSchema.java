package org.isochron.codecs.schema;

import java.util.List;

/**
 * One repeating group. On the wire: blockLength u16, number of entries u16, entries.
 *
 * @param name        as in the schema.
 * @param blockLength bytes of one entry.
 * @param maxCount    most entries in one message.
 * @param fields      fields of an entry, in order.
 */
public record GroupSchema(String name, int blockLength, int maxCount, List<FieldSchema> fields) {
    /** Bytes of blockLength and number of entries. */
    public static final int HEADER_LENGTH = 4;
    /** Most accounts in one message. */
    public static final int MAX_ACCOUNTS = 64;
    /** Most buckets in one message. */
    public static final int MAX_BUCKETS = 32;
    /** Most entries of a quote in one message. */
    public static final int MAX_ENTRIES = 16;
    /** Most holders in one message. */
    public static final int MAX_HOLDERS = 32;

    /** Most price sources in one message. */
    public static final int MAX_SOURCES = 16;
    /** Most margin tiers of an instrument. */
    public static final int MAX_TIERS = 16;

    static int maxCount(final String name) {
        return switch (name) {
            case "accounts" -> MAX_ACCOUNTS;
            case "buckets" -> MAX_BUCKETS;
            case "entries" -> MAX_ENTRIES;
            case "holders" -> MAX_HOLDERS;
            case "sources" -> MAX_SOURCES;
            case "tiers" -> MAX_TIERS;
            default -> throw new IllegalStateException("group " + name + " has no cap here, it needs one");
        };
    }
}
