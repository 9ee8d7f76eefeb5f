package org.isochron.ops.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.agrona.DirectBuffer;
import org.isochron.codecs.EventStampDecoder;
import org.isochron.codecs.FillDecoder;
import org.isochron.codecs.MessageHeaderDecoder;
import org.isochron.codecs.OrderAckDecoder;
import org.isochron.codecs.RejectDecoder;
import org.isochron.codecs.shape.MessageShape;
import org.isochron.matcher.venue.Venue;
import org.isochron.ops.config.VenueConfig;
import org.isochron.ops.definition.Operator;
import org.isochron.ops.definition.VenueDefinitions;
import org.isochron.ops.venue.ConfiguredAccess;
import org.isochron.replay.Replayer;
import org.isochron.sequencer.chronicle.ChronicleJournalStore;
import org.isochron.sequencer.client.DropCopyClient;
import org.isochron.sequencer.client.DropCopyListener;
import org.isochron.sequencer.edge.JournalReader;
import org.isochron.sequencer.edge.Transport;
import org.isochron.sequencer.replica.EventBatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real processes, killed while a client trades who always comes back under the same sessionVerId: what he has been told in
 * the end is what the journal says, once each and in order; and a drop copy begun afterwards gets it all.
 */
final class MissedEventsIT {
    private static final long TIMEOUT_MS = 120_000;
    private static final long IDLE_NS = 50_000;
    private static final int ORDERS_BETWEEN = 60;
    private static final int ORDERS_UNHEARD = 10;

    @Test
    @Timeout(900)
    void shouldTellClientWhoComesBackWhatBecameOfEverything(@TempDir final Path directory)
            throws IOException, InterruptedException {
        final Path root = Path.of(System.getProperty("basedir", "."))
                .toAbsolutePath()
                .normalize()
                .getParent();
        try (NodeProcesses venue = new NodeProcesses(directory.resolve("venue"), root)) {
            final List<String> all = new ArrayList<>(NodeProcesses.REPLICAS);
            all.add(0, NodeProcesses.SEQUENCER);
            all.forEach(venue::start);
            for (final String node : all) {
                venue.awaitReady(node, TIMEOUT_MS);
            }
            try (ConfiguredAccess access = new ConfiguredAccess(VenueConfig.load(venue.config()))) {
                Operator.define(access, VenueDefinitions.demo(1, 1), true, TIMEOUT_MS);
                tradeThroughFailures(venue, access, all);
            }
        }
    }

    private static void tradeThroughFailures(
            final NodeProcesses venue, final ConfiguredAccess access, final List<String> all)
            throws InterruptedException {
        try (Transport transport = access.newTransport();
                SteadfastTrader trader =
                        new SteadfastTrader(access, transport, VenueDefinitions.FIRST_MAKER, System.nanoTime());
                PriceFeed prices = new PriceFeed(access, transport)) {
            final Clients clients = new Clients(transport, trader, prices);
            clients.trade(ORDERS_BETWEEN);
            venue.kill("matcher-A");
            clients.trade(ORDERS_BETWEEN);
            venue.start("matcher-A");
            clients.tradeFor(300);
            venue.kill(NodeProcesses.SEQUENCER);
            clients.tradeFor(200);
            venue.start(NodeProcesses.SEQUENCER);
            clients.trade(ORDERS_BETWEEN);
            clients.tradeFor(100);
            venue.kill(all.toArray(new String[0]));
            all.forEach(venue::start);
            clients.trade(ORDERS_BETWEEN);
            clients.missAnswers();
            clients.settle();
            final Map<Long, Long> told = trader.outcomes;
            assertEquals(List.of(), trader.mistakes);
            final List<byte[]> copied = clients.dropCopy(access);
            venue.stop(NodeProcesses.SEQUENCER, TIMEOUT_MS);
            final Truth truth = new Truth();
            truth.read(venue.journal(NodeProcesses.SEQUENCER));
            assertEquals(truth.outcomes, told, "outcomes by the journal and as told");
            assertEquals(truth.copies.size(), copied.size());
            for (int i = 0; i < copied.size(); i++) {
                assertTrue(Arrays.equals(truth.copies.get(i), copied.get(i)), "drop copy " + (i + 1));
            }
        }
    }

    /** Drives everything of the clients' on one thread. */
    private record Clients(Transport transport, SteadfastTrader trader, PriceFeed prices) {
        void trade(final int orders) {
            final int wanted = trader.outcomes.size() + orders;
            await(true, () -> trader.outcomes.size() >= wanted);
        }

        void tradeFor(final long ms) {
            final long endNs = System.nanoTime() + ms * 1_000_000;
            await(true, () -> System.nanoTime() - endNs >= 0);
        }

        /** Hangs up with answers on their way, until some that came to nobody have been sent again. */
        void missAnswers() {
            final long before = trader.resent;
            while (trader.resent == before) {
                await(true, trader::isUpToDate);
                trader.orderAndHangUp(ORDERS_UNHEARD);
                await(false, trader::isUpToDate);
            }
        }

        /** Nothing is sent any more, and nothing comes. */
        void settle() {
            final long[] last = {-1, System.nanoTime()};
            await(false, () -> {
                if (trader.lastEventSeq() != last[0] || !trader.isUpToDate()) {
                    last[0] = trader.lastEventSeq();
                    last[1] = System.nanoTime();
                }
                return System.nanoTime() - last[1] > 1_000_000_000L;
            });
        }

        /** All that the firm was ever told, by a client that was never here before. */
        List<byte[]> dropCopy(final ConfiguredAccess access) {
            final List<byte[]> copies = new ArrayList<>();
            final int sessionId = VenueDefinitions.DROP_COPY;
            try (DropCopyClient client = new DropCopyClient(
                    access.freshSession(sessionId),
                    transport.drivenElsewhere(),
                    access.clock(),
                    0,
                    new DropCopyListener() {
                        @Override
                        public void onExecution(final FillDecoder fill) {
                            copy(
                                    fill.buffer(),
                                    fill.offset() - MessageShape.HEADER_LENGTH,
                                    MessageShape.HEADER_LENGTH + FillDecoder.BLOCK_LENGTH);
                        }

                        @Override
                        public void onOther(
                                final int templateId, final DirectBuffer buffer, final int offset, final int length) {
                            copy(buffer, offset, length);
                        }

                        private void copy(final DirectBuffer buffer, final int offset, final int length) {
                            final byte[] bytes = new byte[length];
                            buffer.getBytes(offset, bytes);
                            copies.add(bytes);
                        }
                    })) {
                await(false, () -> {
                    client.poll();
                    return client.isEstablished() && !client.isRecovering();
                });
                assertEquals(0, client.gaps());
            }
            return copies;
        }

        private void await(final boolean mayTrade, final BooleanSupplier condition) {
            final long deadlineNs = System.nanoTime() + TIMEOUT_MS * 1_000_000;
            while (!condition.getAsBoolean()) {
                transport.doWork();
                if (trader.poll(mayTrade) + prices.poll() == 0) {
                    LockSupport.parkNanos(IDLE_NS);
                }
                assertTrue(
                        System.nanoTime() - deadlineNs < 0,
                        () -> "waited " + TIMEOUT_MS + " ms; the trader: " + trader);
            }
        }
    }

    /** What the sequencer's journal says. */
    private static final class Truth {
        private final Map<Long, Long> outcomes = new TreeMap<>();
        private final List<byte[]> copies = new ArrayList<>();
        private final MessageHeaderDecoder header = new MessageHeaderDecoder();
        private final EventStampDecoder stamp = new EventStampDecoder();
        private final OrderAckDecoder ack = new OrderAckDecoder();
        private final RejectDecoder reject = new RejectDecoder();

        void read(final Path journal) {
            final ChronicleJournalStore store =
                    new ChronicleJournalStore(journal.getParent(), ChronicleJournalStore.DEFAULT_BLOCK_LENGTH);
            try (JournalReader reader = store.read(journal.getFileName().toString())) {
                new Replayer(new Venue(), (frame, events) -> note(events)).replay(reader, Long.MAX_VALUE, count -> {});
            }
        }

        private void note(final EventBatch events) {
            for (int record = events.first(); record != EventBatch.END; record = events.next(record)) {
                if (events.route(record) == EventBatch.PRIVATE) {
                    note(events.buffer(), events.messageOffset(record), events.messageLength(record));
                }
            }
        }

        private void note(final DirectBuffer buffer, final int offset, final int length) {
            stamp.wrap(buffer, offset + MessageShape.HEADER_LENGTH);
            if (stamp.dropCopySeq() != 0 && stamp.firmId() == VenueDefinitions.MAKER_FIRM) {
                final byte[] bytes = new byte[length];
                buffer.getBytes(offset, bytes);
                copies.add(bytes);
            }
            if (stamp.sessionId() != VenueDefinitions.FIRST_MAKER) {
                return;
            }
            if (MessageShape.templateId(buffer, offset) == OrderAckDecoder.TEMPLATE_ID) {
                ack.wrapAndApplyHeader(buffer, offset, header);
                outcomes.put(ack.refSeqNum(), ack.clOrdId());
            } else if (MessageShape.templateId(buffer, offset) == RejectDecoder.TEMPLATE_ID) {
                reject.wrapAndApplyHeader(buffer, offset, header);
                outcomes.put(reject.refSeqNum(), reject.clOrdId());
            }
        }
    }
}
