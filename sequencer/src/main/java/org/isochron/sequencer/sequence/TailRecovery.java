package org.isochron.sequencer.sequence;

import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import org.agrona.DirectBuffer;
import org.isochron.sequencer.edge.FrameHandler;
import org.isochron.sequencer.edge.Journal;
import org.isochron.sequencer.edge.JournalException;
import org.isochron.sequencer.edge.JournalReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a sequencer asks the other holders of the log before it stamps anything: a replica that holds more than the
 * sequencer's own journal, which a power cut may have shortened, holds frames that reports were made of, and none of their
 * sequences may be given again.
 */
public final class TailRecovery {
    /** Most frames sent again at start; a replica further behind fills its gap from journals. */
    static final int MAX_TAIL_FRAMES = 1 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(TailRecovery.class);

    private TailRecovery() {}

    /**
     * Appends what other holders have behind the journal's end.
     *
     * @param holders readers of their journals, each opened and closed here; one that cannot be opened is passed over,
     *                and where one is damaged the others are asked.
     * @return frames appended.
     * @throws JournalException when a holder has other frames there than ones that follow, or is damaged where no other has
     *     what it holds.
     * @throws IllegalStateException when another sequencer has been promoted in the place of the journal's: what others hold
     *     is that one's then.
     */
    public static long extend(final Journal journal, final List<Supplier<JournalReader>> holders) {
        journal.promise().requireInPlace();
        final long before = journal.lastSequence();
        final Extension extension = new Extension(journal);
        JournalException damage;
        long last;
        do {
            last = journal.lastSequence();
            damage = null;
            for (final Supplier<JournalReader> holder : holders) {
                try (JournalReader reader = open(holder)) {
                    final JournalException met = reader == null ? null : extension.take(reader);
                    damage = met == null ? damage : met;
                }
            }
            // Behind the place that others have filled, a damaged one may have more.
        } while (damage != null && journal.lastSequence() > last);
        if (damage != null) {
            throw damage;
        }
        final long taken = journal.lastSequence() - before;
        if (taken > 0) {
            LOG.warn("the journal ended at {}; {} frames behind it were taken from other holders", before, taken);
        }
        return taken;
    }

    private static JournalReader open(final Supplier<JournalReader> holder) {
        try {
            return holder.get();
        } catch (final JournalException e) {
            LOG.warn("a holder of the log cannot be asked: {}", e.getMessage());
            return null;
        }
    }

    /**
     * How many frames at the journal's end have to be sent again.
     *
     * @param lastSequence    of the sequencer's journal.
     * @param holderSequences of the other holders that could be asked; a holder with an empty journal joins by itself.
     */
    public static int tailFrames(final long lastSequence, final Collection<Long> holderSequences) {
        long lowest = Math.max(0, lastSequence - SequencerConfig.DEFAULT_TAIL_FRAMES);
        for (final long sequence : holderSequences) {
            if (sequence > 0) {
                lowest = Math.min(lowest, sequence);
            }
        }
        return (int) Math.min(MAX_TAIL_FRAMES, lastSequence - lowest);
    }

    /** Takes what readers have, one after the other. */
    private static final class Extension {
        private static final int LIMIT = 1024;

        private final Journal journal;
        private final FrameHandler handler = this::append;
        private boolean isAppending;

        Extension(final Journal journal) {
            this.journal = journal;
        }

        /**
         * Takes what one has. What the own journal does not take passes through: that is not the reader's fault.
         *
         * @return the damage that it met before its end, null for none.
         */
        JournalException take(final JournalReader reader) {
            try {
                reader.seek(journal.lastSequence() + 1);
                int count;
                do {
                    count = reader.poll(handler, LIMIT);
                } while (count > 0);
                return null;
            } catch (final JournalException e) {
                if (isAppending) {
                    throw e;
                }
                LOG.warn("a holder of the log cannot be read behind {}: {}", journal.lastSequence(), e.getMessage());
                return e;
            }
        }

        private void append(final DirectBuffer buffer, final int offset, final int length) {
            isAppending = true;
            try {
                journal.append(buffer, offset, length);
            } catch (final IllegalArgumentException e) {
                throw new JournalException(
                        JournalException.Reason.CORRUPT,
                        journal.lastSequence() + 1,
                        "another holder of the log has a frame " + (journal.lastSequence() + 1)
                                + " that does not follow this journal: " + e.getMessage()
                                + "; find out with journal diff which of them is right",
                        e);
            }
            isAppending = false;
        }
    }
}
