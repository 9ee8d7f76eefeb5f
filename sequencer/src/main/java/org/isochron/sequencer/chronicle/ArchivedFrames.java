package org.isochron.sequencer.chronicle;

import java.io.IOException;
import java.util.List;
import org.isochron.codecs.frame.Frame;
import org.isochron.sequencer.chronicle.JournalArchive.Segment;
import org.isochron.sequencer.edge.FrameHandler;
import org.isochron.sequencer.edge.FrameOrder;
import org.isochron.sequencer.edge.JournalReader;

/** Reads the frames of a journal that are in its archive, each verified like any other. */
final class ArchivedFrames implements JournalReader {
    private final JournalArchive archive;
    private final List<Segment> segments;
    private final FrameOrder order;
    private int index;
    private FrameScan scan;
    private long nextSequence;

    /** @param journal what messages call it. */
    ArchivedFrames(final JournalArchive archive, final String journal) {
        this.archive = archive;
        segments = archive.segments();
        order = new FrameOrder(journal + " in archive " + archive.directory());
        nextSequence = segments.get(0).first();
    }

    @Override
    public void seek(final long sequence) {
        index = 0;
        while (index < segments.size() && segments.get(index).last() < sequence) {
            index++;
        }
        if (index == segments.size() || segments.get(index).first() > sequence) {
            throw order.corrupt(
                    sequence,
                    "the archive holds frames " + segments.get(0).first() + " to "
                            + segments.get(segments.size() - 1).last());
        }
        nextSequence = sequence;
        open();
    }

    @Override
    public int poll(final FrameHandler handler, final int limit) {
        int count = 0;
        try {
            if (scan == null) {
                open();
            }
            while (count < limit && index < segments.size()) {
                if (order.lastSequence() == segments.get(index).last()) {
                    index++;
                    open();
                } else if (readNext(handler)) {
                    count++;
                }
            }
        } catch (final IOException e) {
            throw order.corrupt(order.lastSequence() + 1, "segment " + file() + " cannot be read (" + e + ")", e);
        }
        return count;
    }

    /** @return whether it was handed over: those before the one wanted are only verified. */
    private boolean readNext(final FrameHandler handler) throws IOException {
        if (!scan.next()) {
            throw order.corrupt(
                    order.lastSequence() + 1,
                    "segment " + file() + " ends there, its manifest says "
                            + segments.get(index).last());
        }
        final Frame frame = scan.frame();
        order.read(frame.buffer(), frame.offset(), frame.length());
        if (order.lastSequence() < nextSequence) {
            return false;
        }
        nextSequence = order.lastSequence() + 1;
        handler.onFrame(frame.buffer(), frame.offset(), frame.length());
        return true;
    }

    private void open() {
        close();
        if (index < segments.size()) {
            final Segment segment = segments.get(index);
            scan = new FrameScan(List.of(archive.path(segment)));
            order.beginBehind(segment.first() - 1, segment.prevChain());
        }
    }

    private String file() {
        return segments.get(index).file();
    }

    @Override
    public long nextSequence() {
        return nextSequence;
    }

    @Override
    public void close() {
        if (scan != null) {
            scan.close();
            scan = null;
        }
    }
}
