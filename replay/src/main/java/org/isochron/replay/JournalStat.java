package org.isochron.replay;

import java.util.Map;
import java.util.TreeMap;
import org.agrona.DirectBuffer;
import org.isochron.codecs.StateHashReportDecoder;
import org.isochron.codecs.frame.Frame;
import org.isochron.codecs.schema.MessageSchema;
import org.isochron.codecs.schema.Schema;
import org.isochron.codecs.shape.MessageShape;
import org.isochron.sequencer.edge.JournalReader;

/**
 * What a journal holds, in figures. Reading one verifies every frame of it.
 *
 * @param frames           how many.
 * @param firstSequence    of the first frame, 0 when empty.
 * @param lastSequence     of the last frame, 0 when empty.
 * @param firstTimestampNs stamp of the first frame, nanoseconds UTC.
 * @param lastTimestampNs  stamp of the last frame, nanoseconds UTC.
 * @param firstEpoch       of the first frame.
 * @param lastEpoch        of the last frame.
 * @param bytes            headers and payloads, without padding.
 * @param lastChain        chain of the last frame: two journals that end with the same one hold the same frames.
 * @param hashReports      state hash reports among the frames, accepted or not.
 * @param templates        frames of each message, by its name; an unknown one by its id.
 */
public record JournalStat(
        long frames,
        long firstSequence,
        long lastSequence,
        long firstTimestampNs,
        long lastTimestampNs,
        int firstEpoch,
        int lastEpoch,
        long bytes,
        long lastChain,
        long hashReports,
        Map<String, Long> templates) {

    private static final int POLL_LIMIT = 1024;

    /**
     * Reads a journal from its first frame to the last that exists now.
     *
     * @throws org.isochron.sequencer.edge.JournalException when a frame is damaged.
     */
    public static JournalStat of(final JournalReader journal) {
        final Counter counter = new Counter();
        journal.seek(1);
        while (journal.poll(counter::onFrame, POLL_LIMIT) > 0) {
            // The counter has it.
        }
        return counter.stat();
    }

    private static final class Counter {
        private final Frame frame = new Frame();
        private final Map<Integer, Long> framesByTemplate = new TreeMap<>();
        private long frames;
        private long firstSequence;
        private long lastSequence;
        private long firstTimestampNs;
        private long lastTimestampNs;
        private int firstEpoch;
        private int lastEpoch;
        private long bytes;
        private long lastChain;

        private void onFrame(final DirectBuffer buffer, final int offset, final int length) {
            frame.wrap(buffer, offset);
            if (frames == 0) {
                firstSequence = frame.sequence();
                firstTimestampNs = frame.timestampNs();
                firstEpoch = frame.epoch();
            }
            frames++;
            lastSequence = frame.sequence();
            lastTimestampNs = frame.timestampNs();
            lastEpoch = frame.epoch();
            lastChain = frame.chain();
            bytes += frame.length();
            framesByTemplate.merge(MessageShape.templateId(frame), 1L, Long::sum);
        }

        private JournalStat stat() {
            final Map<String, Long> named = new TreeMap<>();
            framesByTemplate.forEach((templateId, count) -> named.put(name(templateId), count));
            return new JournalStat(
                    frames,
                    firstSequence,
                    lastSequence,
                    firstTimestampNs,
                    lastTimestampNs,
                    firstEpoch,
                    lastEpoch,
                    bytes,
                    lastChain,
                    framesByTemplate.getOrDefault(StateHashReportDecoder.TEMPLATE_ID, 0L),
                    named);
        }

        private static String name(final int templateId) {
            final MessageSchema message = Schema.venue().message(templateId);
            return message == null ? "unknown template " + templateId : message.name();
        }
    }
}
