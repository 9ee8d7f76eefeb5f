package org.isochron.codecs.schema;

/**
 * Variable-length US-ASCII text. On the wire: length u16, bytes.
 *
 * @param name as in the schema.
 */
public record DataSchema(String name) {
    /** Bytes of the length. */
    public static final int HEADER_LENGTH = 2;
}
