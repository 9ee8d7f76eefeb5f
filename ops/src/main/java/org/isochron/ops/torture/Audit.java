package org.isochron.ops.torture;

import java.nio.file.Path;
import org.agrona.collections.Long2LongHashMap;
import org.agrona.collections.LongHashSet;
import org.isochron.codecs.EventStampDecoder;
import org.isochron.codecs.MessageHeaderDecoder;
import org.isochron.codecs.OrderAckDecoder;
import org.isochron.codecs.frame.Frame;
import org.isochron.matcher.venue.Venue;
import org.isochron.replay.EventConsumer;
import org.isochron.replay.ReplayReport;
import org.isochron.replay.Replayer;
import org.isochron.sequencer.chronicle.ChronicleJournalStore;
import org.isochron.sequencer.edge.JournalReader;
import org.isochron.sequencer.replica.EventBatch;
import org.isochron.sequencer.replica.SkippedCommands;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replays every node's journal and holds what clients were told against it: each event noted down must come out of the
 * sequencer's journal under the same number with the same bytes, no order may be accepted twice, and every node must arrive
 * at the same sequence and state.
 */
final class Audit {
    private static final Logger LOG = LoggerFactory.getLogger(Audit.class);

    private final Ledger ledger;
    private final Long2LongHashMap missing = new Long2LongHashMap(0);
    private final LongHashSet accepted = new LongHashSet();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final EventStampDecoder stamp = new EventStampDecoder();
    private final OrderAckDecoder ack = new OrderAckDecoder();
    private long duplicated;
    private long divergences;
    private long lastSequence;

    Audit(final Ledger ledger) {
        this.ledger = ledger;
        missing.putAll(ledger.events());
    }

    /** Replays all of them. */
    void run(final NodeProcesses venue) {
        run(venue, NodeProcesses.SEQUENCER);
    }

    /** The same where another sequencer has taken the place of the first. */
    void run(final NodeProcesses venue, final String sequencer) {
        final ReplayReport truth = replay(venue.journal(sequencer), this::onEvents);
        lastSequence = truth.lastSequence();
        divergences += truth.dissenters().size() + truth.hashesRefuted();
        for (final String replica : NodeProcesses.REPLICAS) {
            final ReplayReport own = replay(venue.journal(replica), EventConsumer.NONE);
            if (own.lastSequence() != truth.lastSequence() || own.hash() != truth.hash()) {
                divergences++;
                LOG.error(
                        "{} ends at {} with hash {}, the sequencer at {} with {}",
                        replica,
                        own.lastSequence(),
                        Long.toHexString(own.hash()),
                        truth.lastSequence(),
                        Long.toHexString(truth.hash()));
            }
        }
        truth.dissenters().forEach(dissenter -> LOG.error("the replay contradicts {}", dissenter));
    }

    /** Events that clients were told and that the log does not give, or gives otherwise. */
    long lost() {
        return missing.size();
    }

    /** Orders accepted twice, and contradictions in what clients were told. */
    long duplicated() {
        return duplicated + ledger.contradictions();
    }

    /** Nodes whose journal or state is not the sequencer's, and state hashes in the log that the replay refutes. */
    long divergences() {
        return divergences;
    }

    /** Last sequence of the log. */
    long lastSequence() {
        return lastSequence;
    }

    private void onEvents(final Frame frame, final EventBatch events) {
        for (int record = events.first(); record != EventBatch.END; record = events.next(record)) {
            if ((events.route(record) & EventBatch.PRIVATE) != 0) {
                onPrivate(events, events.messageOffset(record));
            }
        }
    }

    private void onPrivate(final EventBatch events, final int offset) {
        header.wrap(events.buffer(), offset);
        final int body = offset + MessageHeaderDecoder.ENCODED_LENGTH;
        stamp.wrap(events.buffer(), body);
        if (header.templateId() == OrderAckDecoder.TEMPLATE_ID) {
            ack.wrap(events.buffer(), body, header.blockLength(), header.version());
            if (!accepted.add(ack.clOrdId())) {
                duplicated++;
            }
        }
        final long told = missing.get(stamp.privateSeq());
        if (told != 0 && told == Ledger.hash(events.buffer(), body, header.blockLength())) {
            missing.remove(stamp.privateSeq());
        }
    }

    private static ReplayReport replay(final Path journal, final EventConsumer consumer) {
        final ChronicleJournalStore store =
                new ChronicleJournalStore(journal.getParent(), ChronicleJournalStore.DEFAULT_BLOCK_LENGTH);
        try (JournalReader reader = store.read(journal.getFileName().toString())) {
            return new Replayer(new Venue(), consumer)
                    .passingOver(SkippedCommands.all(reader))
                    .replay(reader, Long.MAX_VALUE, count -> {});
        }
    }
}
