package org.isochron.codecs.schema;

import java.util.List;

/**
 * One repeating group. On the wire: blockLength u16, number of entries u16, entries.
 *
 * @param name        as in the schema.
 * @param blockLength bytes of one entry.
 * @param fields      fields of an entry, in order.
 */
public record GroupSchema(String name, int blockLength, List<FieldSchema> fields) {
    /** Bytes of blockLength and number of entries. */
    public static final int HEADER_LENGTH = 4;
}
