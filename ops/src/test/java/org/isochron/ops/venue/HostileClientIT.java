package org.isochron.ops.venue;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.agrona.DirectBuffer;
import org.isochron.codecs.FillDecoder;
import org.isochron.codecs.IndexState;
import org.isochron.codecs.MarkIndexDecoder;
import org.isochron.codecs.OrderAddDecoder;
import org.isochron.codecs.OrderDeleteDecoder;
import org.isochron.codecs.OrderReduceDecoder;
import org.isochron.codecs.RejectCode;
import org.isochron.codecs.Side;
import org.isochron.matcher.venue.Inspection;
import org.isochron.matcher.venue.Venue;
import org.isochron.ops.client.Contract;
import org.isochron.ops.definition.Operator;
import org.isochron.ops.definition.VenueDefinitions;
import org.isochron.replay.EventConsumer;
import org.isochron.replay.ReplayReport;
import org.isochron.replay.Replayer;
import org.isochron.sequencer.chronicle.ChronicleJournalStore;
import org.isochron.sequencer.client.BookBuilder;
import org.isochron.sequencer.client.DropCopyClient;
import org.isochron.sequencer.client.DropCopyListener;
import org.isochron.sequencer.client.InstrumentBook;
import org.isochron.sequencer.client.MarketDataClient;
import org.isochron.sequencer.client.MarketDataListener;
import org.isochron.sequencer.client.VenueClient;
import org.isochron.sequencer.client.VenueListener;
import org.isochron.sequencer.edge.JournalReader;
import org.isochron.sequencer.edge.Transport;
import org.isochron.sequencer.host.IdleStrategies;
import org.isochron.sequencer.host.NodeHost;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * One client sends all that a venue must refuse, as fast as it can. The traders beside it, a drop copy and a reader of both
 * feeds notice nothing of it, and the nodes agree about everything.
 */
final class HostileClientIT {
    private static final VenueDefinitions DEFINITIONS = VenueDefinitions.demo(2, 2);
    private static final Contract BTC = DEFINITIONS.listings().get(0).contract();
    private static final long PRICE_E9 = DEFINITIONS.listings().get(0).firstPriceE9();
    private static final List<Integer> MAKERS = List.of(VenueDefinitions.FIRST_MAKER, VenueDefinitions.FIRST_MAKER + 1);
    private static final int TAKER = VenueDefinitions.FIRST_TAKER;
    private static final int HOSTILE = VenueDefinitions.FIRST_TAKER + 1;
    private static final long REQUESTS_EACH = 2_000;
    private static final long ATTACKS = 50_000;
    private static final long PUBLISH_MS = 100;
    private static final long STEP_TIMEOUT_MS = 600_000;

    private final long seed = System.nanoTime();
    private final List<Trader> makers = new ArrayList<>();
    private final DropCopy dropCopy = new DropCopy();
    private final Feed feed = new Feed();
    private Transport transport;
    private Trader taker;
    private DropCopyClient dropCopyClient;
    private MarketDataClient marketData;
    private HostileClient hostile;
    private VenueClient publisher;
    private long publishedE9;
    private long publishDueNs = System.nanoTime();

    @Test
    @Timeout(1_800)
    void shouldLeaveEverybodyElseAloneWhateverOneClientSends(@TempDir final Path directory) throws Exception {
        System.out.println("seed " + seed);
        final FinalState state;
        final Path journal;
        try (EmbeddedVenue venue = EmbeddedVenue.start(directory, secrets(), nodeSessions())) {
            Operator.define(venue.access(), DEFINITIONS, false, STEP_TIMEOUT_MS);
            journal = venue.journal();
            open(venue);
            tradeBesideTheHostileClient(venue);
            close();
            state = venue.stop();
        }

        assertHostileClientIsAnswered();
        assertTradersAreUndisturbed();
        assertDropCopyIsComplete();
        assertTrue(state.nodesAgree(), state::toString);
        assertTrue(state.isZeroSum(), state::toString);
        assertJournalSaysTheSame(journal, state);
    }

    private void open(final EmbeddedVenue venue) {
        final VenueAccess access = venue.access();
        transport = access.newTransport();
        marketData = new MarketDataClient(
                transport, access.marketData().get(0), access.marketData().get(1), access.clock(), feed);
        dropCopyClient = new DropCopyClient(
                Trader.patient(access, VenueDefinitions.DROP_COPY), transport, access.clock(), 0, dropCopy);
        MAKERS.forEach(session -> makers.add(trader(access, session)));
        taker = trader(access, TAKER);
        publisher = VenueClient.connect(
                Trader.patient(access, VenueDefinitions.FIRST_PUBLISHER),
                transport,
                access.clock(),
                new VenueListener() {});
        await(
                venue,
                "everybody to log on",
                () -> dropCopyClient.isEstablished() && traders().stream().allMatch(Trader::isEstablished));
        publishUntilSeen(venue, PRICE_E9);
    }

    private Trader trader(final VenueAccess access, final int session) {
        return new Trader(access, transport, session, BTC, PRICE_E9, seed);
    }

    private void tradeBesideTheHostileClient(final EmbeddedVenue venue) throws InterruptedException {
        hostile = new HostileClient(venue.access(), HOSTILE, MAKERS.get(0), BTC, PRICE_E9, seed);
        try (NodeHost host = new NodeHost(hostile, IdleStrategies.of("yield"), () -> {}).start()) {
            await(venue, "enough trading", () -> {
                assertTrue(host.failure() == null, () -> "the hostile client failed: " + host.failure());
                traders().forEach(Trader::act);
                return hostile.attacks() >= ATTACKS
                        && traders().stream()
                                .allMatch(trader -> trader.answers().requests() >= REQUESTS_EACH);
            });
            hostile.askStop();
            await(venue, "every answer", () -> {
                assertTrue(host.failure() == null, () -> "the hostile client failed: " + host.failure());
                return host.hasEnded()
                        && traders().stream()
                                .allMatch(trader -> trader.answers().pending() <= 0);
            });
        }
        await(venue, "the drop copy", () -> dropCopy.executions.size() == fillsOfMakers());
        // Behind everything that the feeds told before it.
        publishUntilSeen(venue, PRICE_E9 + BTC.tickE9());
    }

    private int fillsOfMakers() {
        return makers.stream().mapToInt(maker -> maker.fills().size()).sum();
    }

    private void publishUntilSeen(final EmbeddedVenue venue, final long priceE9) {
        publishedE9 = priceE9;
        await(venue, "an index of " + priceE9, () -> feed.indexE9 == priceE9);
    }

    /** However long it takes, the index never lapses. */
    private void publish() {
        publisher.poll();
        if (publishedE9 != 0 && System.nanoTime() - publishDueNs >= 0) {
            publishDueNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PUBLISH_MS);
            publisher.priceTick(BTC.instrumentId(), publishedE9, 0);
        }
    }

    /** Polls everything on this thread until the condition holds. */
    private void await(final EmbeddedVenue venue, final String what, final BooleanSupplier condition) {
        final long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(STEP_TIMEOUT_MS);
        while (!condition.getAsBoolean()) {
            venue.checkHealthy();
            assertTrue(
                    System.nanoTime() - deadlineNs < 0,
                    () -> "waited in vain for " + what + "; traders were told "
                            + traders().stream().map(Trader::disturbances).toList());
            marketData.poll();
            dropCopyClient.poll();
            traders().forEach(Trader::poll);
            publish();
        }
    }

    private void close() {
        publisher.close();
        traders().forEach(Trader::close);
        dropCopyClient.close();
        marketData.close();
        transport.close();
    }

    private List<Trader> traders() {
        final List<Trader> all = new ArrayList<>(makers);
        if (taker != null) {
            all.add(taker);
        }
        return all;
    }

    private void assertHostileClientIsAnswered() {
        System.out.println(hostile.attacks() + " attacks: " + hostile.heard());
        assertEquals(List.of(), hostile.answers().wrong(), "the hostile client's requests");
        final Set<String> codes = new TreeSet<>(hostile.heard().keySet());
        codes.removeIf(code -> code.startsWith("busy"));
        assertEquals(
                Set.of(
                        "core BAD_LOT",
                        "core BAD_TICK",
                        "core EXPIRY_INVALID",
                        "core QTY_TOO_BIG",
                        "core UNKNOWN_INSTRUMENT",
                        "gateway MALFORMED",
                        "gateway OVERSIZED",
                        "gateway SCHEMA_VERSION",
                        "gateway SESSION_SCOPE",
                        "gateway UNKNOWN_TEMPLATE",
                        "not applied"),
                codes);
        assertEquals(
                Map.of(
                        "wrong secret", RejectCode.BAD_CREDENTIALS,
                        "unknown session", RejectCode.BAD_CREDENTIALS,
                        "stale", RejectCode.STALE_SESSION_VER_ID),
                hostile.refusedLogons());
    }

    private void assertTradersAreUndisturbed() {
        for (final Trader trader : traders()) {
            assertEquals(List.of(), trader.disturbances());
            assertEquals(List.of(), trader.answers().wrong());
            assertFalse(trader.fills().isEmpty());
        }
    }

    /** Every execution of the makers' firm, none of the takers', from the firm's first event on. */
    private void assertDropCopyIsComplete() {
        final List<String> executions = new ArrayList<>();
        makers.forEach(maker -> executions.addAll(maker.fills()));
        executions.sort(null);
        assertEquals(List.of(), dropCopy.gaps);
        assertEquals(executions, dropCopy.executions);
        assertEquals(dropCopy.events, dropCopyClient.lastDropCopySeq());
        assertEquals(0, dropCopyClient.duplicates());
    }

    private void assertJournalSaysTheSame(final Path journal, final FinalState state) {
        final Venue venue = new Venue();
        final ReplayReport report = replay(journal, venue);
        assertTrue(report.isConfirmed(), report::toString);
        assertEquals(state.sequence(), report.lastSequence());
        assertEquals(state.nodes().get(0).hash(), report.hash());

        final Inspection.Instrument core = venue.inspection().instrument(BTC.instrumentId());
        final InstrumentBook book = feed.books.book(BTC.instrumentId());
        assertTrue(core.bidLots() > 0 && core.askLots() > 0, core::toString);
        assertAll(
                () -> assertEquals(List.of(), feed.gaps),
                () -> assertFalse(book.isStale()),
                () -> assertEquals(0, book.unknownOrders()),
                () -> assertTrue(marketData.arbiter().duplicates() > 0, "both feeds were heard"),
                () -> assertEquals(
                        0, marketData.malformed() + marketData.arbiter().malformed()),
                () -> assertEquals(core.openOrders(), book.orderCount()),
                () -> assertEquals(core.bidPrice(), book.price(Side.BUY, 0)),
                () -> assertEquals(core.bidLots(), book.quantity(Side.BUY, 0)),
                () -> assertEquals(core.bidOrders(), book.orders(Side.BUY, 0)),
                () -> assertEquals(core.askPrice(), book.price(Side.SELL, 0)),
                () -> assertEquals(core.askLots(), book.quantity(Side.SELL, 0)),
                () -> assertEquals(core.askOrders(), book.orders(Side.SELL, 0)));
    }

    private static ReplayReport replay(final Path journal, final Venue venue) {
        final ChronicleJournalStore store =
                new ChronicleJournalStore(journal.getParent(), ChronicleJournalStore.DEFAULT_BLOCK_LENGTH);
        try (JournalReader reader = store.read(journal.getFileName().toString())) {
            return new Replayer(venue, EventConsumer.NONE).replay(reader, Long.MAX_VALUE, count -> {});
        }
    }

    private static Map<Integer, byte[]> secrets() {
        final Map<Integer, byte[]> secrets = new TreeMap<>();
        for (final int sessionId : DEFINITIONS.sessionIds()) {
            secrets.put(sessionId, ("a secret of session " + sessionId).getBytes(StandardCharsets.US_ASCII));
        }
        return secrets;
    }

    private static EmbeddedVenue.NodeSessions nodeSessions() {
        return new EmbeddedVenue.NodeSessions(
                VenueDefinitions.MATCHER_A, VenueDefinitions.MATCHER_B, VenueDefinitions.RISK);
    }

    /** What the makers' firm is told of its sessions. */
    private static final class DropCopy implements DropCopyListener {
        private final List<String> executions = new ArrayList<>();
        private final List<String> gaps = new ArrayList<>();
        private long events;

        @Override
        public void onExecution(final FillDecoder fill) {
            events++;
            executions.add(Trader.text(fill));
        }

        @Override
        public void onOther(final int templateId, final DirectBuffer buffer, final int offset, final int length) {
            events++;
        }

        @Override
        public void onGap(final long fromDropCopySeq, final long toDropCopySeq) {
            gaps.add(fromDropCopySeq + " to " + toDropCopySeq);
        }
    }

    /** The books as both feeds together tell them. */
    private static final class Feed implements MarketDataListener {
        private final BookBuilder books = new BookBuilder();
        private final List<String> gaps = new ArrayList<>();
        private long indexE9;

        @Override
        public void onOrderAdd(final OrderAddDecoder add) {
            books.onOrderAdd(add);
        }

        @Override
        public void onOrderReduce(final OrderReduceDecoder reduce) {
            books.onOrderReduce(reduce);
        }

        @Override
        public void onOrderDelete(final OrderDeleteDecoder delete) {
            books.onOrderDelete(delete);
        }

        @Override
        public void onMarkIndex(final MarkIndexDecoder markIndex) {
            if (markIndex.stamp().instrumentId() == BTC.instrumentId() && markIndex.state() == IndexState.VALID) {
                indexE9 = markIndex.indexPrice();
            }
        }

        @Override
        public void onGap(final long fromSeqNum, final long toSeqNum) {
            gaps.add(fromSeqNum + " to " + toSeqNum);
            books.onGap(fromSeqNum, toSeqNum);
        }
    }
}
