package org.isochron.codecs.schema;

/**
 * Variable-length US-ASCII text. On the wire: length u16, bytes.
 *
 * @param name      as in the schema.
 * @param maxLength most bytes.
 */
public record DataSchema(String name, int maxLength) {
    /** Bytes of the length. */
    public static final int HEADER_LENGTH = 2;
    /** Longest channel a client may name. */
    public static final int MAX_CHANNEL_LENGTH = 256;

    static int maxLength(final String name) {
        if (name.equals("responseChannel")) {
            return MAX_CHANNEL_LENGTH;
        }
        throw new IllegalStateException("data " + name + " has no cap here, it needs one");
    }
}
