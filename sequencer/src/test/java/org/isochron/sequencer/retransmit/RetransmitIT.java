package org.isochron.sequencer.retransmit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.aeron.driver.ThreadingMode;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.isochron.codecs.frame.Frame;
import org.isochron.sequencer.aeron.AeronDriver;
import org.isochron.sequencer.aeron.AeronTransport;
import org.isochron.sequencer.aeron.Channels;
import org.isochron.sequencer.chronicle.ChronicleJournal;
import org.isochron.sequencer.chronicle.ChronicleJournalStore;
import org.isochron.sequencer.edge.Channel;
import org.isochron.sequencer.edge.EpochStand;
import org.isochron.sequencer.edge.Frames;
import org.isochron.sequencer.edge.JournalReader;
import org.isochron.sequencer.edge.SystemClock;
import org.isochron.sequencer.host.NodeHost;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes over UDP, each with a driver and a thread of its own, and a journal on disk. */
final class RetransmitIT {
    private static final int FRAMES = 200_000;
    private static final long BYTES_PER_SECOND = 1L << 30;
    private static final long TIMEOUT_NS = TimeUnit.SECONDS.toNanos(300);

    @TempDir
    private Path root;

    @Test
    void shouldFetchAWholeJournalFrameByFrame() {
        final ChronicleJournalStore store = new ChronicleJournalStore(root, ChronicleJournalStore.DEFAULT_BLOCK_LENGTH);
        try (ChronicleJournal journal = store.open("a");
                Node server = new Node(1, List.of());
                Node client = new Node(2, List.of(peer(1)))) {
            new Frames().appendTo(journal, FRAMES);
            server.agent.serve(served(journal));
            final JournalReader reader = client.agent.newReader(1_000);
            final long[] bytes = new long[1];
            final Frame frame = new Frame();
            final long[] last = new long[1];
            final long begunNs = System.nanoTime();
            reader.seek(1);
            while (reader.nextSequence() <= FRAMES && System.nanoTime() - begunNs < TIMEOUT_NS) {
                reader.poll(
                        (buffer, offset, length) -> {
                            bytes[0] += length;
                            last[0] = frame.wrap(buffer, offset).chain();
                        },
                        256);
            }
            final double seconds = (System.nanoTime() - begunNs) / 1e9;
            System.out.printf(
                    "RetransmitIT: %,d frames, %,.0f frames/s, %.1f MiB/s%n",
                    reader.nextSequence() - 1, (reader.nextSequence() - 1) / seconds, bytes[0] / seconds / (1 << 20));
            assertEquals(FRAMES + 1, reader.nextSequence());
            assertEquals(journal.lastChain(), last[0]);
        }
    }

    private static Peer peer(final int nodeId) {
        final String uri = Channels.unicast("127.0.0.1:" + (40_480 + nodeId));
        return new Peer(nodeId, "node-" + nodeId, new Channel(uri, 61), new Channel(uri, 62));
    }

    private static ServedJournal served(final ChronicleJournal journal) {
        return new ServedJournal() {
            @Override
            public JournalReader newReader() {
                return journal.newReader();
            }

            @Override
            public long lastSequence() {
                return journal.headSequence();
            }

            @Override
            public EpochStand epochs() {
                return new EpochStand(journal.promise().promised(), 0, 0);
            }
        };
    }

    private final class Node implements AutoCloseable {
        private final AeronDriver driver;
        private final AeronTransport transport;
        private final RetransmitAgent agent;
        private final NodeHost host;

        Node(final int nodeId, final List<Peer> servers) {
            driver = AeronDriver.launch(root.resolve("driver-" + nodeId), ThreadingMode.INVOKER);
            transport = driver.newTransport();
            agent = new RetransmitAgent(
                    new RetransmitConfig(peer(nodeId), servers, List.of(peer(3 - nodeId)), BYTES_PER_SECOND),
                    transport,
                    SystemClock.INSTANCE);
            host = new NodeHost(agent, new BackoffIdleStrategy(10, 1, 50_000, 2_000_000), () -> {}).start();
        }

        @Override
        public void close() {
            host.close();
            transport.close();
            driver.close();
        }
    }
}
