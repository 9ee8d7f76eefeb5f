package org.isochron.codecs.schema;

import java.util.List;

/**
 * One message.
 *
 * @param templateId  SBE template id.
 * @param name        as in the schema, {@code NewOrder}.
 * @param description as in the schema.
 * @param blockLength bytes of the fixed block behind the header, padding included.
 * @param fields      fields of the block, in order.
 * @param groups      repeating groups behind the block, in order; none holds another.
 * @param data        variable-length data behind the groups, in order.
 */
public record MessageSchema(
        int templateId,
        String name,
        String description,
        int blockLength,
        List<FieldSchema> fields,
        List<GroupSchema> groups,
        List<DataSchema> data) {

    /** Null when there is none. */
    public FieldSchema field(final String fieldName) {
        return FieldSchema.named(fieldName, fields);
    }
}
