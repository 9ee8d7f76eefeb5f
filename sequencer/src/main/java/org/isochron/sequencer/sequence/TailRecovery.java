package org.isochron.sequencer.sequence;

import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
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
     * @param holders readers of their journals, each opened and closed here; one that cannot be opened is passed over.
     * @return frames appended.
     * @throws JournalException when a holder has other frames there than ones that follow.
     * @throws IllegalStateException when another sequencer has been promoted in the place of the journal's: what others hold
     *     is that one's then.
     */
    public static long extend(final Journal journal, final List<Supplier<JournalReader>> holders) {
        journal.promise().requireInPlace();
        final long before = journal.lastSequence();
        for (final Supplier<JournalReader> holder : holders) {
            try (JournalReader reader = open(holder)) {
                if (reader != null) {
                    extend(journal, reader);
                }
            }
        }
        final long taken = journal.lastSequence() - before;
        if (taken > 0) {
            LOG.warn("the journal ended at {}; {} frames behind it were taken from other holders", before, taken);
        }
        return taken;
    }

    private static void extend(final Journal journal, final JournalReader reader) {
        reader.seek(journal.lastSequence() + 1);
        int count;
        do {
            count = reader.poll(
                    (buffer, offset, length) -> {
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
                    },
                    1024);
        } while (count > 0);
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
}
