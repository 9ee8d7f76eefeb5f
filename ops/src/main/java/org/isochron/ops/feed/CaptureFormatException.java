package org.isochron.ops.feed;

/** A line of a capture is not of the format. The message says what is wrong; the reader knows the line. */
final class CaptureFormatException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CaptureFormatException(final String message) {
        super(message);
    }
}
