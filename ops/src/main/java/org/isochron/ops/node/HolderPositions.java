package org.isochron.ops.node;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.isochron.ops.config.NodeConfig;
import org.isochron.ops.config.SequencerNodeConfig;
import org.isochron.ops.config.VenueConfig;
import org.isochron.sequencer.chronicle.ChronicleJournal;
import org.isochron.sequencer.chronicle.ChronicleJournalStore;
import org.isochron.sequencer.edge.JournalException;
import org.isochron.sequencer.edge.JournalReader;
import org.isochron.sequencer.sequence.TailRecovery;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a sequencer finds out before it begins: where the journals of the other holders of the log end. Those within reach as
 * files are looked at; the others are asked over the network, and waited for. A sequencer whose journal may have lost its
 * tail waits until every one has answered: the missing one may be the only holder of frames that reports were made of, and
 * their sequences must not be given again.
 */
final class HolderPositions {
    private static final Logger LOG = LoggerFactory.getLogger(HolderPositions.class);
    private static final long WAIT_MS = 3_000;
    private static final long LOOK_MS = 500;

    private final SequencerNodeConfig config;
    private final Retransmission frames;
    private final Consumer<String> tell;
    private final Map<String, Long> positions = new LinkedHashMap<>();
    private final Set<String> asked;

    /** @param tell told in words what is waited for. */
    HolderPositions(final VenueConfig venue, final Retransmission frames, final Consumer<String> tell) {
        config = venue.theSequencer();
        this.frames = frames;
        this.tell = tell;
        asked = overTheNetwork(venue);
    }

    /** Servers whose journal is not among the files. */
    private static Set<String> overTheNetwork(final VenueConfig venue) {
        final Set<String> names = new TreeSet<>();
        final SequencerNodeConfig sequencer = venue.theSequencer();
        if (sequencer.node().frames() != null) {
            names.addAll(sequencer.node().frames().servers());
            final List<Path> files = sequencer.journalHolders().stream()
                    .map(HolderPositions::plain)
                    .toList();
            for (final NodeConfig node : venue.nodes()) {
                if (files.contains(plain(node.journal()))) {
                    names.remove(node.name());
                }
            }
        }
        return names;
    }

    private static Path plain(final Path path) {
        return path.toAbsolutePath().normalize();
    }

    /**
     * Takes what other holders have behind the journal's end.
     *
     * @param isStopAsked looked at while waiting; true ends it.
     * @return frames at the journal's end that some holder lacks, to be sent again.
     * @throws IllegalStateException when another sequencer has been promoted in this one's place.
     */
    int extend(final ChronicleJournal journal, final BooleanSupplier isStopAsked) {
        journal.promise().requireInPlace();
        final List<Supplier<JournalReader>> longer = new ArrayList<>();
        for (final Path holder : config.journalHolders()) {
            look(holder, journal, longer);
        }
        ask(journal, isStopAsked);
        if (asked.stream().anyMatch(name -> positions.getOrDefault(name, 0L) > journal.lastSequence())) {
            longer.addAll(frames.patientSources());
        }
        TailRecovery.extend(journal, longer);
        requireWhole(journal);
        return TailRecovery.tailFrames(journal.lastSequence(), positions.values());
    }

    private void look(final Path holder, final ChronicleJournal journal, final List<Supplier<JournalReader>> longer) {
        try {
            final ChronicleJournalStore store = NodeAgents.store(holder);
            final String name = NodeAgents.name(holder);
            final long sequence = store.stat(name).lastSequence();
            journal.promise().heed(holder.toString(), store.epoch(name, sequence), store.epochs(name));
            positions.put(holder.toString(), sequence);
            if (sequence > journal.lastSequence()) {
                longer.addAll(NodeAgents.readers(List.of(holder)));
            }
        } catch (final JournalException e) {
            LOG.warn("a holder of the log cannot be asked: {}", e.getMessage());
        }
    }

    private void ask(final ChronicleJournal journal, final BooleanSupplier isStopAsked) {
        final long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(WAIT_MS);
        boolean isTold = false;
        while (!asked.isEmpty() && !isStopAsked.getAsBoolean()) {
            frames.awaitPositions(asked, LOOK_MS).forEach((name, position) -> {
                journal.promise().heed(name, position.lastEpoch(), position.epochs());
                positions.put(name, position.lastSequence());
            });
            final Set<String> missing = new TreeSet<>(asked);
            missing.removeAll(positions.keySet());
            if (missing.isEmpty()) {
                return;
            }
            if (System.nanoTime() - deadlineNs > 0) {
                if (!journal.mayHaveLostItsTail()) {
                    tell.accept("going on without the positions of " + String.join(", ", missing)
                            + "; the own journal has not been out of memory since it was written");
                    return;
                }
                if (!isTold) {
                    isTold = true;
                    tell.accept("the journal's end may be lost, as the machine was started anew or the journal is new:"
                            + " waiting for " + String.join(", ", missing)
                            + " to say where theirs end. One that is gone for good: take it out of frames.servers");
                }
            }
        }
    }

    private void requireWhole(final ChronicleJournal journal) {
        positions.forEach((holder, sequence) -> {
            if (sequence > journal.lastSequence()) {
                throw new JournalException(
                        JournalException.Reason.UNUSABLE,
                        journal.lastSequence() + 1,
                        holder + " holds the log up to " + sequence + ", and what is behind " + journal.lastSequence()
                                + " could not be fetched from it; start again when it can be reached",
                        null);
            }
        });
    }
}
