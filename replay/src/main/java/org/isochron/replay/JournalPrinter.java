package org.isochron.replay;

import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.isochron.codecs.frame.Frame;
import org.isochron.codecs.frame.FrameType;
import org.isochron.codecs.json.MessagePrinter;
import org.isochron.codecs.json.SymbolTable;
import org.isochron.codecs.shape.MessageShape;
import org.isochron.sequencer.edge.JournalReader;

/**
 * Prints the frames of a journal, one JSON line each. A payload that is no message of the schema is printed as its bytes
 * with the reason, {@code "Unreadable":{..}}: printing never stops at what a session sent.
 *
 * <p>Reads from the first frame wherever printing begins: the definitions on the way give instruments and assets their
 * symbols, and money its scale. A definition counts whether or not the core accepted it, for nothing is applied here; the
 * first one of an id stands.
 */
public final class JournalPrinter {
    private static final int POLL_LIMIT = 1024;

    private final Consumer<String> out;
    private final SymbolTable names = new SymbolTable();
    private final MessagePrinter messages = new MessagePrinter(names);
    private final Frame frame = new Frame();
    private final StringBuilder line = new StringBuilder(1024);
    private long fromSequence;

    /**
     * @param out receives each line, without its end.
     */
    public JournalPrinter(final Consumer<String> out) {
        this.out = out;
    }

    /**
     * Prints the frames {@code fromSequence} to {@code toSequence}, both included, as far as they exist.
     *
     * @throws org.isochron.sequencer.edge.JournalException when a frame up to {@code toSequence} is damaged; those before
     *                                                      it have been printed.
     */
    public void print(final JournalReader journal, final long fromSequence, final long toSequence) {
        this.fromSequence = fromSequence;
        journal.seek(1);
        while (journal.nextSequence() <= toSequence) {
            final long wanted = toSequence - journal.nextSequence();
            if (journal.poll(this::onFrame, (int) Math.min(POLL_LIMIT - 1, wanted) + 1) == 0) {
                return;
            }
        }
    }

    private void onFrame(final DirectBuffer buffer, final int offset, final int length) {
        frame.wrap(buffer, offset);
        final int payload = frame.payloadOffset();
        if (MessageShape.check(buffer, payload, frame.payloadLength()) == MessageShape.SOUND) {
            names.learn(buffer, payload);
        }
        if (frame.sequence() >= fromSequence) {
            out.accept(line());
        }
    }

    private String line() {
        line.setLength(0);
        line.append("{\"seq\":\"")
                .append(frame.sequence())
                .append("\",\"at\":\"")
                .append(IsoTime.format(frame.timestampNs()))
                .append("\",\"type\":\"")
                .append(typeName(frame.frameType()))
                .append("\",\"source\":")
                .append(Integer.toUnsignedLong(frame.source()))
                .append(",\"gateway\":")
                .append(frame.gatewayId())
                .append(",\"epoch\":")
                .append(Integer.toUnsignedLong(frame.epoch()))
                .append(',');
        messages.append(line, frame.buffer(), frame.payloadOffset(), frame.payloadLength());
        return line.append('}').toString();
    }

    private static String typeName(final int frameType) {
        return switch (frameType) {
            case FrameType.SESSION -> "SESSION";
            case FrameType.GATEWAY -> "GATEWAY";
            case FrameType.SEQUENCER -> "SEQUENCER";
            default -> "UNKNOWN_" + frameType;
        };
    }
}
