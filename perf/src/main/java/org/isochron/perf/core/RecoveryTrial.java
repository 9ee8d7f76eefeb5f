package org.isochron.perf.core;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.frame.Frame;
import org.isochron.matcher.venue.Venue;
import org.isochron.perf.flow.MarketFlow;
import org.isochron.perf.flow.MarketShape;
import org.isochron.sequencer.chronicle.ChronicleJournal;
import org.isochron.sequencer.chronicle.ChronicleJournalStore;
import org.isochron.sequencer.edge.JournalReader;
import org.isochron.sequencer.replica.EventBatch;
import org.isochron.sequencer.replica.SnapshotFile;
import org.isochron.sequencer.replica.SnapshotHeader;
import org.isochron.sequencer.replica.SnapshotStore;
import org.isochron.sequencer.replica.StateImage;

/** Measures one step of a recovery in a JVM of its own, as a node that starts would find it: nothing compiled, nothing warm. */
public final class RecoveryTrial {
    private static final long SEED = 20_260_105;
    private static final int PORTION = 1_024;
    private static final int POLL_LIMIT = 512;
    private static final String JOURNAL = "journal";
    private static final double NANOS_PER_MILLI = 1e6;

    /** Of the venue whose snapshot is taken; as many as sessions can trade for have orders. */
    private static final int ACCOUNTS = 100_000;

    private static final MarketShape REPLAYED = new MarketShape(8, 1_000, 20_000, true);

    private final Path directory;
    private final Frame frame = new Frame();
    private final EventBatch events = new EventBatch();
    private final Properties figures = new Properties();

    private RecoveryTrial(final Path directory) {
        this.directory = directory;
    }

    /** @param args the step, a directory for its files, how many orders, rounds or commands, the file for the figures. */
    public static void main(final String[] args) throws IOException {
        final RecoveryTrial trial = new RecoveryTrial(Path.of(args[1]));
        final int count = Integer.parseInt(args[2]);
        switch (args[0]) {
            case "take" -> trial.take(count);
            case "load" -> trial.load(count);
            case "generate" -> trial.generate(count);
            case "replay" -> trial.replay(count);
            default -> throw new IllegalArgumentException("no such step: " + args[0]);
        }
        try (OutputStream stream = Files.newOutputStream(Path.of(args[3]))) {
            trial.figures.store(stream, null);
        }
    }

    /** Fills a venue with orders and takes its snapshot, three times. */
    private void take(final int orders) {
        final MarketFlow flow =
                MarketFlow.ofMain(new MarketShape(8, VenueFrames.mostNamedAccounts(), orders, false), SEED, 0);
        final Venue venue = new Venue();
        fill(venue, flow);
        final StateImage image = new StateImage();
        long copyNs = Long.MAX_VALUE;
        for (int round = 0; round < 3; round++) {
            final long startNs = System.nanoTime();
            venue.save(image);
            final long ns = System.nanoTime() - startNs;
            put(round == 0 ? "firstCopyMs" : "copyMs", Math.min(copyNs, ns) / NANOS_PER_MILLI);
            copyNs = round == 0 ? copyNs : Math.min(copyNs, ns);
        }
        final SnapshotFile file = new SnapshotFile(directory.resolve("state.isn"));
        final long writeNs = System.nanoTime();
        file.write(SnapshotHeader.of(venue, frame.sequence(), 1, frame.timestampNs(), 0, image.size()), image);
        final long verifyNs = System.nanoTime();
        SnapshotStore.verify(file, image, Venue::new, bytes -> {});
        put("writeMs", (verifyNs - writeNs) / NANOS_PER_MILLI);
        put("verifyMs", (System.nanoTime() - verifyNs) / NANOS_PER_MILLI);
        put("bytes", file.length());
        put("orders", (long) flow.fill());
        put("accounts", venue.ledger().accountCount());
    }

    private void fill(final Venue venue, final MarketFlow flow) {
        final UnsafeBuffer portion = VenueFrames.portion(PORTION);
        final VenueFrames frames = new VenueFrames(flow, ACCOUNTS);
        frames.define(definition -> apply(venue, definition));
        for (int from = 0; from < flow.fill(); from += PORTION) {
            final int count = frames.encode(from, Math.min(flow.fill(), from + PORTION), portion);
            for (int i = 0; i < count; i++) {
                apply(venue, frame.wrap(portion, i * VenueFrames.SLOT));
            }
        }
    }

    private void apply(final Venue venue, final Frame command) {
        events.begin(command);
        venue.onCommand(command, events);
    }

    /** Reads, checks and loads it; the first time counts as cold. */
    private void load(final int rounds) {
        final SnapshotFile file = new SnapshotFile(directory.resolve("state.isn"));
        double warmMs = Double.MAX_VALUE;
        for (int round = 0; round <= rounds; round++) {
            final StateImage image = new StateImage();
            final long startNs = System.nanoTime();
            file.read(image, bytes -> {});
            final long readNs = System.nanoTime();
            final Venue venue = new Venue();
            venue.load(image);
            final double ms = (System.nanoTime() - startNs) / NANOS_PER_MILLI;
            if (round == 0) {
                put("coldLoadMs", ms);
                put("coldReadMs", (readNs - startNs) / NANOS_PER_MILLI);
            } else if (ms < warmMs) {
                warmMs = ms;
                put("loadMs", ms);
                put("readMs", (readNs - startNs) / NANOS_PER_MILLI);
            }
            put("hash", venue.stateHash());
            System.gc();
        }
    }

    /** Writes the journal that is replayed: definitions, the fill, then so many commands of the main mix. */
    private void generate(final int commands) {
        final MarketFlow flow = MarketFlow.ofMain(REPLAYED, SEED, commands);
        final VenueFrames frames = new VenueFrames(flow, REPLAYED.accounts());
        final UnsafeBuffer portion = VenueFrames.portion(PORTION);
        try (ChronicleJournal journal = store().open(JOURNAL)) {
            frames.define(definition -> append(journal, (UnsafeBuffer) definition.buffer(), definition.offset()));
            for (int from = 0; from < flow.length(); from += PORTION) {
                final int count = frames.encode(from, Math.min(flow.length(), from + PORTION), portion);
                for (int i = 0; i < count; i++) {
                    append(journal, portion, i * VenueFrames.SLOT);
                }
            }
            put("frames", journal.lastSequence());
        }
    }

    private void append(final ChronicleJournal journal, final UnsafeBuffer buffer, final int offset) {
        frame.wrap(buffer, offset);
        Frame.stamp(buffer, offset, 1, journal.lastSequence() + 1, frame.timestampNs(), journal.lastChain());
        journal.append(buffer, offset, frame.wrap(buffer, offset).length());
    }

    /** Replays it, reading and checking included; the first frames are the cold ones. */
    private void replay(final int coldFrames) {
        final Venue venue = new Venue();
        final long startNs = System.nanoTime();
        long coldEndNs = startNs;
        long coldEnd = 0;
        long last = 0;
        try (JournalReader reader = store().read(JOURNAL)) {
            while (reader.poll((buffer, offset, length) -> apply(venue, frame.wrap(buffer, offset)), POLL_LIMIT) > 0) {
                last = reader.nextSequence() - 1;
                if (coldEnd == 0 && last >= coldFrames) {
                    coldEnd = last;
                    coldEndNs = System.nanoTime();
                }
            }
        }
        final long endNs = System.nanoTime();
        put("coldPerSecond", coldEnd * 1e9 / (coldEndNs - startNs));
        put("perSecond", (last - coldEnd) * 1e9 / (endNs - coldEndNs));
        put("replayed", last);
        put("hash", venue.stateHash());
    }

    private ChronicleJournalStore store() {
        return new ChronicleJournalStore(directory, ChronicleJournalStore.DEFAULT_BLOCK_LENGTH);
    }

    private void put(final String name, final double value) {
        figures.setProperty(name, Double.toString(value));
    }

    private void put(final String name, final long value) {
        figures.setProperty(name, Long.toString(value));
    }
}
