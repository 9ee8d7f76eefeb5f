package org.isochron.sequencer.replica;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.agrona.DirectBuffer;
import org.isochron.codecs.MessageHeaderDecoder;
import org.isochron.codecs.SkipSeqDecoder;
import org.isochron.codecs.frame.Frame;
import org.isochron.codecs.frame.FrameType;
import org.isochron.codecs.shape.MessageShape;
import org.isochron.sequencer.edge.EpochPromise;
import org.isochron.sequencer.edge.FaultRecord;
import org.isochron.sequencer.edge.Journal;
import org.isochron.sequencer.edge.JournalException;
import org.isochron.sequencer.edge.JournalReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commands that the log says are skipped, because no core could apply them. What says so stands behind the command itself,
 * so a node that has failed on one looks ahead before it tries again.
 */
public final class SkippedCommands {
    /** How often a node stops at a command before it wants to hear from an operator. */
    public static final int MOST_STOPS = 2;

    private static final Logger LOG = LoggerFactory.getLogger(SkippedCommands.class);
    private static final int POLL_LIMIT = 1024;

    private SkippedCommands() {}

    /**
     * Prepares the start of a node that has stopped at a command: takes what other nodes have behind it into the journal, not
     * into the core, and remembers when the command is skipped there.
     *
     * @param others journals of other nodes, each opened and closed here.
     * @return what was found, in words; empty when the node never failed on a command that is still to be applied.
     * @throws ReplicaException when the node has stopped there {@value #MOST_STOPS} times and nothing skips the command.
     */
    public static String lookAhead(final Journal journal, final List<Supplier<JournalReader>> others) {
        final FaultRecord faults = journal.faults();
        final long poison = faults.stoppedAt();
        if (poison == 0 || faults.isSkipped(poison)) {
            return "";
        }
        for (final Supplier<JournalReader> other : others) {
            extend(journal, other);
        }
        final long saidAt;
        try (JournalReader reader = journal.newReader()) {
            saidAt = find(reader, poison);
        }
        if (saidAt != 0) {
            faults.skip(poison, saidAt);
            return "command " + poison + ", at which this node stopped, is skipped by command " + saidAt;
        }
        if (faults.stops() >= MOST_STOPS) {
            throw new ReplicaException(
                    ReplicaException.Reason.CORE_FAILED,
                    poison,
                    "the core has failed " + faults.stops() + " times on command " + poison
                            + ", and nothing in the log skips it. If every node stops there, stop the sequencer and run:"
                            + " isochron skip " + poison + " --config FILE",
                    null);
        }
        return "this node stopped at command " + poison + " before; it is tried once more";
    }

    /**
     * Looks for what skips a command.
     *
     * @return sequence of the SkipSeq, 0 when there is none up to the reader's end.
     * @throws JournalException when a frame on the way is damaged.
     */
    public static long find(final JournalReader reader, final long skipped) {
        final Search search = new Search();
        reader.seek(skipped + 1);
        while (!search.found.containsKey(skipped) && reader.poll(search::onFrame, POLL_LIMIT) > 0) {
            // The search sees each frame.
        }
        return search.found.getOrDefault(skipped, 0L);
    }

    /**
     * Every command that a journal skips, by its sequence, with the sequence of what says so. Reads all of the journal.
     *
     * @throws JournalException when a frame is damaged.
     */
    public static SortedMap<Long, Long> all(final JournalReader reader) {
        final Search search = new Search();
        reader.seek(1);
        while (reader.poll(search::onFrame, POLL_LIMIT) > 0) {
            // The search sees each frame.
        }
        return search.found;
    }

    private static void extend(final Journal journal, final Supplier<JournalReader> other) {
        try (JournalReader reader = other.get()) {
            final Extension extension = new Extension(journal);
            reader.seek(journal.lastSequence() + 1);
            while (!extension.isOver && reader.poll(extension::onFrame, 1) > 0) {
                // The extension sees each frame.
            }
        } catch (final JournalException e) {
            LOG.warn("another journal cannot be looked into for what skips a command: {}", e.getMessage());
        }
    }

    private static final class Search {
        private final SortedMap<Long, Long> found = new TreeMap<>();
        private final Frame frame = new Frame();
        private final MessageHeaderDecoder header = new MessageHeaderDecoder();
        private final SkipSeqDecoder skipSeq = new SkipSeqDecoder();

        void onFrame(final DirectBuffer buffer, final int offset, final int length) {
            frame.wrap(buffer, offset);
            if (MessageShape.isCarriedBy(
                    frame, FrameType.SEQUENCER, SkipSeqDecoder.TEMPLATE_ID, SkipSeqDecoder.BLOCK_LENGTH)) {
                skipSeq.wrapAndApplyHeader(buffer, frame.payloadOffset(), header);
                found.putIfAbsent(skipSeq.sequence(), frame.sequence());
            }
        }
    }

    /** Takes what follows, but nothing that a replaced sequencer wrote behind the place where it was replaced. */
    private static final class Extension {
        private final Journal journal;
        private final EpochPromise promise;
        private final Frame frame = new Frame();
        private boolean isOver;

        Extension(final Journal journal) {
            this.journal = journal;
            promise = journal.promise();
        }

        void onFrame(final DirectBuffer buffer, final int offset, final int length) {
            frame.wrap(buffer, offset);
            isOver = frame.prevChain() != journal.lastChain()
                    || frame.epoch() < promise.promised() && frame.sequence() > promise.baseSequence();
            if (!isOver) {
                journal.append(buffer, offset, length);
            }
        }
    }
}
