package org.isochron.sequencer.replica;

import java.util.List;
import java.util.function.Supplier;
import org.agrona.DirectBuffer;
import org.isochron.sequencer.edge.FrameHandler;
import org.isochron.sequencer.edge.JournalException;
import org.isochron.sequencer.edge.JournalReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Frames a replica missed, out of other nodes' journals, as files or over the network: the first source that has the wanted
 * frame serves it, replicas before the sequencer, in the order configured. A source that cannot be opened, or turns out
 * damaged, is passed over and tried again after the others. Readers are opened when first needed.
 */
public final class GapSource implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GapSource.class);

    private final List<Supplier<JournalReader>> sources;
    private final FrameHandler handover = this::handOver;
    private FrameHandler taker;
    private boolean isHandedOver;
    private JournalReader reader;
    private int index = -1;
    private int emptyPolls;

    public GapSource(final List<Supplier<JournalReader>> sources) {
        this.sources = List.copyOf(sources);
    }

    /** True when there is nowhere to ask. */
    public boolean isEmpty() {
        return sources.isEmpty();
    }

    /**
     * Hands over the frame with that sequence, and only that one, if a source has it now. What the handler throws passes
     * through: a journal that does not take the frame is not the source's fault.
     *
     * @return 1 when handed over, else 0: ask again later.
     */
    public int poll(final long sequence, final FrameHandler handler) {
        if (reader == null && !openNext(sequence)) {
            return 0;
        }
        taker = handler;
        isHandedOver = false;
        try {
            if (reader.nextSequence() != sequence) {
                reader.seek(sequence);
            }
            if (reader.poll(handover, 1) == 1) {
                emptyPolls = 0;
                return 1;
            }
        } catch (final JournalException ex) {
            if (isHandedOver) {
                throw ex;
            }
            LOG.warn("gap source {} passed over at sequence {}: {}", index, sequence, ex.getMessage());
            closeReader();
            return 0;
        }
        if (reader.isPending()) {
            return 0;
        }
        if (++emptyPolls >= 2 && sources.size() > 1 || emptyPolls > sources.size()) {
            closeReader();
        }
        return 0;
    }

    private void handOver(final DirectBuffer buffer, final int offset, final int length) {
        isHandedOver = true;
        taker.onFrame(buffer, offset, length);
    }

    /** Whether a poll that handed over nothing may do so soon. */
    boolean isPending() {
        return reader != null && reader.isPending();
    }

    /** The frame handed over last is not the one wanted: the next source is asked for it. */
    public void passOver() {
        closeReader();
    }

    private boolean openNext(final long sequence) {
        for (int i = 0; i < sources.size(); i++) {
            index = (index + 1) % sources.size();
            try {
                reader = sources.get(index).get();
                reader.seek(sequence);
                emptyPolls = 0;
                return true;
            } catch (final JournalException ex) {
                LOG.warn("gap source {} cannot be opened: {}", index, ex.getMessage());
                closeReader();
            }
        }
        return false;
    }

    private void closeReader() {
        if (reader != null) {
            reader.close();
            reader = null;
        }
        emptyPolls = 0;
    }

    @Override
    public void close() {
        closeReader();
    }
}
