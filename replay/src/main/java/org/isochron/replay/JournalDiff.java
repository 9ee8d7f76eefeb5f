package org.isochron.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.frame.Frame;
import org.isochron.sequencer.edge.JournalReader;

/**
 * Compares two journals frame by frame, and finds in what they hold the state hash reports that contradict each other. Two
 * journals of one venue hold the same frames, one of them perhaps fewer.
 */
public final class JournalDiff {
    private static final int REPORT_INTERVAL = 4096;

    private final UnsafeBuffer bytesA = new UnsafeBuffer(new byte[Frame.MAX_LENGTH]);
    private final UnsafeBuffer bytesB = new UnsafeBuffer(new byte[Frame.MAX_LENGTH]);
    private final Frame frameA = new Frame().wrap(bytesA, 0);
    private final Frame frameB = new Frame().wrap(bytesB, 0);
    private final HashDissent dissent = new HashDissent();
    private final List<FieldDifference> fields = new ArrayList<>();

    /**
     * One part of two frames of the same sequence that is not the same.
     *
     * @param name of the header field, or where in the payload the first differing byte stands.
     * @param inA  what the first journal has there.
     * @param inB  what the second has.
     */
    public record FieldDifference(String name, String inA, String inB) {}

    /**
     * What the comparison found.
     *
     * @param common     frames that are the same in both, from the first on.
     * @param lastA      last sequence of the first journal.
     * @param lastB      last sequence of the second.
     * @param fields     what differs in the frame behind the common ones; empty when no frame differs.
     * @param dissenting state hash reports that contradict others for the same sequence.
     */
    public record Result(
            long common, long lastA, long lastB, List<FieldDifference> fields, List<HashDissent.Finding> dissenting) {
        /** Whether each holds what the other does, as far as both go. */
        public boolean isSameLog() {
            return fields.isEmpty();
        }
    }

    /**
     * Reads both to their ends.
     *
     * @param progress told how far it is.
     * @throws org.isochron.sequencer.edge.JournalException when a frame of either is damaged.
     */
    public Result compare(final JournalReader a, final JournalReader b, final LongConsumer progress) {
        a.seek(1);
        b.seek(1);
        long common = 0;
        while (fields.isEmpty()) {
            final boolean hasA = read(a, bytesA);
            final boolean hasB = read(b, bytesB);
            if (!hasA || !hasB) {
                takeReports(hasA, hasB);
                break;
            }
            compareFrames();
            if (fields.isEmpty()) {
                dissent.take(frameA);
                common++;
            }
            if (common % REPORT_INTERVAL == 0) {
                progress.accept(common);
            }
        }
        final long lastA = readToEnd(a, bytesA, frameA);
        final long lastB = readToEnd(b, bytesB, frameB);
        return new Result(common, lastA, lastB, List.copyOf(fields), dissent.findings());
    }

    private void takeReports(final boolean hasA, final boolean hasB) {
        if (hasA) {
            dissent.take(frameA);
        }
        if (hasB) {
            dissent.take(frameB);
        }
    }

    /** The rest of one journal: its reports count as long as it is the only one that has them. */
    private long readToEnd(final JournalReader reader, final UnsafeBuffer bytes, final Frame frame) {
        while (read(reader, bytes)) {
            if (fields.isEmpty()) {
                dissent.take(frame);
            }
        }
        return reader.nextSequence() - 1;
    }

    private static boolean read(final JournalReader reader, final UnsafeBuffer target) {
        return reader.poll((buffer, offset, length) -> copy(buffer, offset, length, target), 1) == 1;
    }

    private static void copy(final DirectBuffer buffer, final int offset, final int length, final UnsafeBuffer target) {
        target.putBytes(0, buffer, offset, length);
    }

    private void compareFrames() {
        if (frameA.length() == frameB.length() && firstDifference(0, frameA.length()) < 0) {
            return;
        }
        number("length", frameA.length(), frameB.length());
        hex("crc32c", frameA.crc(), frameB.crc());
        number("frameType", frameA.frameType(), frameB.frameType());
        number("schemaVersion", frameA.schemaVersion(), frameB.schemaVersion());
        number("epoch", frameA.epoch(), frameB.epoch());
        number("timestampNs", frameA.timestampNs(), frameB.timestampNs());
        number("source", frameA.source(), frameB.source());
        hex("flags", frameA.flags(), frameB.flags());
        number("arrivalNs", frameA.arrivalNs(), frameB.arrivalNs());
        number("edgeNs", frameA.edgeNs(), frameB.edgeNs());
        hex("prevChain", frameA.prevChain(), frameB.prevChain());
        payload();
    }

    private void payload() {
        final int shared = Math.min(frameA.length(), frameB.length());
        final int at = firstDifference(Frame.HEADER_LENGTH, shared);
        if (at >= 0) {
            fields.add(new FieldDifference(
                    "payload byte " + (at - Frame.HEADER_LENGTH),
                    String.format("%02x", bytesA.getByte(at)),
                    String.format("%02x", bytesB.getByte(at))));
        }
    }

    private int firstDifference(final int from, final int to) {
        for (int i = from; i < to; i++) {
            if (bytesA.getByte(i) != bytesB.getByte(i)) {
                return i;
            }
        }
        return -1;
    }

    private void number(final String name, final long inA, final long inB) {
        if (inA != inB) {
            fields.add(new FieldDifference(name, Long.toString(inA), Long.toString(inB)));
        }
    }

    private void hex(final String name, final long inA, final long inB) {
        if (inA != inB) {
            fields.add(new FieldDifference(name, String.format("%016x", inA), String.format("%016x", inB)));
        }
    }
}
