package org.isochron.codecs.json;

/** JSON that is not a message of the schema. Its text names message and field, the value, and what would be right. */
public final class MessageFormatException extends RuntimeException {
    private static final long serialVersionUID = 1;

    MessageFormatException(final String text) {
        super(text);
    }
}
