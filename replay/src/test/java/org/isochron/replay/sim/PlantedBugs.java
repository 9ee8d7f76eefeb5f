package org.isochron.replay.sim;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.BalanceChangedEncoder;
import org.isochron.codecs.CancelDecoder;
import org.isochron.codecs.CancelReason;
import org.isochron.codecs.CancelledDecoder;
import org.isochron.codecs.CancelledEncoder;
import org.isochron.codecs.CodType;
import org.isochron.codecs.CommandAcceptedDecoder;
import org.isochron.codecs.DeleveragedDecoder;
import org.isochron.codecs.DeleveragedEncoder;
import org.isochron.codecs.EventStampEncoder;
import org.isochron.codecs.FillDecoder;
import org.isochron.codecs.FillEncoder;
import org.isochron.codecs.FundingPaymentDecoder;
import org.isochron.codecs.FundingPaymentEncoder;
import org.isochron.codecs.InstrumentDefineDecoder;
import org.isochron.codecs.InstrumentDefineEncoder;
import org.isochron.codecs.InsuranceFundDecoder;
import org.isochron.codecs.MessageHeaderEncoder;
import org.isochron.codecs.NewOrderDecoder;
import org.isochron.codecs.OrderAckDecoder;
import org.isochron.codecs.OrderAckEncoder;
import org.isochron.codecs.OrderAddDecoder;
import org.isochron.codecs.OrderAddEncoder;
import org.isochron.codecs.OrderDeleteDecoder;
import org.isochron.codecs.OrderReduceDecoder;
import org.isochron.codecs.OrderReduceEncoder;
import org.isochron.codecs.PriceTickDecoder;
import org.isochron.codecs.PriceTickEncoder;
import org.isochron.codecs.ProposalDeclinedDecoder;
import org.isochron.codecs.PublicStampEncoder;
import org.isochron.codecs.RejectDecoder;
import org.isochron.codecs.RejectEncoder;
import org.isochron.codecs.ResentEventDecoder;
import org.isochron.codecs.Role;
import org.isochron.codecs.SecurityDefinitionDecoder;
import org.isochron.codecs.SecurityDefinitionEncoder;
import org.isochron.codecs.SessionDefineDecoder;
import org.isochron.codecs.SessionDefineEncoder;
import org.isochron.codecs.SessionOpenDecoder;
import org.isochron.codecs.SessionOpenEncoder;
import org.isochron.codecs.TradeDecoder;
import org.isochron.codecs.TradeEncoder;
import org.isochron.codecs.frame.Crc32c;
import org.isochron.codecs.frame.Frame;
import org.isochron.codecs.frame.FrameType;
import org.isochron.codecs.schema.GroupSchema;
import org.isochron.codecs.shape.MessageShape;
import org.isochron.codecs.shape.SessionMessage;
import org.isochron.matcher.outlet.MarketDataPublisher;
import org.isochron.matcher.venue.Venue;
import org.isochron.risk.state.Scrub;
import org.isochron.sequencer.edge.Journal;
import org.isochron.sequencer.edge.MessageHandler;
import org.isochron.sequencer.edge.Outbound;
import org.isochron.sequencer.edge.Transport;
import org.isochron.sequencer.replica.EventBatch;
import org.isochron.sequencer.replica.HashReporter;
import org.isochron.sequencer.replica.Outlet;
import org.isochron.sequencer.replica.ReleasePoint;
import org.isochron.sequencer.replica.StateMachine;
import org.isochron.sequencer.replica.StoredMachine;

/** The bugs that the checks have to find, by name. */
final class PlantedBugs {
    private static final int BODY = MessageHeaderEncoder.ENCODED_LENGTH;
    private static final int CRC_OFFSET = 4;
    private static final int CRC_FROM = 8;
    private static final String ONE_NODE = "matcher-1";

    private final List<PlantedBug> bugs = new ArrayList<>();

    private PlantedBugs() {}

    static List<PlantedBug> all() {
        final PlantedBugs bugs = new PlantedBugs();
        bugs.wrongReports();
        bugs.missingAndRepeatedReports();
        bugs.wrongMarketData();
        bugs.wrongCommands();
        bugs.differencesBetweenNodes();
        bugs.failingNodes();
        bugs.wrongEdges();
        bugs.wrongJournals();
        bugs.wrongMoney();
        bugs.wrongSnapshots();
        return List.copyOf(bugs.bugs);
    }

    static PlantedBug named(final String name) {
        return all().stream()
                .filter(bug -> bug.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no planted bug is called " + name));
    }

    // What the core says

    private void wrongReports() {
        everyNth(
                "fill-leaves-one-more",
                "a fill says one lot more is left",
                FillDecoder.TEMPLATE_ID,
                20,
                plus(FillEncoder.leavesQuantityEncodingOffset(), 1));
        everyNth(
                "fill-counts-twice",
                "a fill counts its lots twice",
                FillDecoder.TEMPLATE_ID,
                20,
                plus(FillEncoder.cumQuantityEncodingOffset(), 1));
        everyNth(
                "position-off-by-one",
                "a fill tells a position one lot too large",
                FillDecoder.TEMPLATE_ID,
                20,
                plus(FillEncoder.positionAfterEncodingOffset(), 1));
        everyNth(
                "fill-of-nothing",
                "a fill of no lots",
                FillDecoder.TEMPLATE_ID,
                20,
                put(FillEncoder.lastQuantityEncodingOffset(), 0));
        everyNth(
                "cancel-of-wrong-lots",
                "a cancel says one lot less",
                CancelledDecoder.TEMPLATE_ID,
                20,
                plus(CancelledEncoder.cancelledQuantityEncodingOffset(), -1));
        everyNth(
                "ack-under-old-id",
                "an order is acknowledged under an id that has been used",
                OrderAckDecoder.TEMPLATE_ID,
                20,
                plus(OrderAckEncoder.orderIdEncodingOffset(), -1));
        everyNth(
                "outcome-of-another-number",
                "a reject names the number after",
                RejectDecoder.TEMPLATE_ID,
                5,
                plusInt(RejectEncoder.refSeqNumEncodingOffset(), 1));
        everyNth(
                "deposit-told-short",
                "a deposit is told one quantum short",
                BalanceChangedEncoder.TEMPLATE_ID,
                1,
                plus(BalanceChangedEncoder.amountEncodingOffset(), -1));
        everyNth(
                "event-of-another-command",
                "an event says it is of the command before",
                OrderAckDecoder.TEMPLATE_ID,
                20,
                plus(EventStampEncoder.matchSeqEncodingOffset(), -1));
        everyNth(
                "session-number-repeated",
                "a session's event carries the number of the one before",
                OrderAckDecoder.TEMPLATE_ID,
                20,
                plusInt(EventStampEncoder.sessionSeqEncodingOffset(), -1));
        everyNth(
                "drop-copy-number-skipped",
                "a drop copy leaves a number out",
                FillDecoder.TEMPLATE_ID,
                20,
                plusInt(EventStampEncoder.dropCopySeqEncodingOffset(), 1));
        everyNth(
                "report-to-neighbour",
                "a report is addressed to the next session",
                OrderAckDecoder.TEMPLATE_ID,
                20,
                plusInt(EventStampEncoder.sessionIdEncodingOffset(), 1));
    }

    private void missingAndRepeatedReports() {
        edited(
                "forget-terminal-event",
                "an IOC's end is not told, the numbers close up",
                (templateId, message) ->
                        templateId == CancelledDecoder.TEMPLATE_ID && reason(message) == CancelReason.IOC.value()
                                ? 0
                                : 1);
        edited(
                "terminal-event-twice",
                "a cancel by the client is told twice",
                (templateId, message) ->
                        templateId == CancelledDecoder.TEMPLATE_ID && reason(message) == CancelReason.USER.value()
                                ? 2
                                : 1);
        edited(
                "answer-twice",
                "a definition, state change or scan is accepted twice",
                (templateId, message) -> templateId == CommandAcceptedDecoder.TEMPLATE_ID ? 2 : 1);
        edited(
                "swallow-reject",
                "a rejected order gets no answer",
                (templateId, message) -> templateId == RejectDecoder.TEMPLATE_ID ? 0 : 1);
        edited(
                "swallow-fill",
                "one side of a trade is not told",
                (templateId, message) -> templateId == FillDecoder.TEMPLATE_ID
                                && (message.getLong(BODY + FillEncoder.tradeIdEncodingOffset(), LITTLE_ENDIAN) & 7) == 0
                        ? 0
                        : 1);
        edited(
                "ack-twice",
                "an order is acknowledged twice",
                (templateId, message) -> templateId == OrderAckDecoder.TEMPLATE_ID ? 2 : 1);
    }

    private static int reason(final UnsafeBuffer message) {
        return message.getByte(BODY + CancelledEncoder.reasonEncodingOffset());
    }

    private void wrongMarketData() {
        everyNth(
                "book-price-wrong",
                "market data adds an order one tick higher",
                OrderAddDecoder.TEMPLATE_ID,
                20,
                plus(OrderAddEncoder.priceEncodingOffset(), Market.TICK_E9));
        everyNth(
                "book-lots-wrong",
                "market data reduces an order to one lot too few",
                OrderReduceDecoder.TEMPLATE_ID,
                10,
                plus(OrderReduceEncoder.leavesQuantityEncodingOffset(), -1));
        everyNth(
                "trade-out-of-turn",
                "a trade names the order before the one it took",
                TradeDecoder.TEMPLATE_ID,
                5,
                plus(TradeEncoder.priceEncodingOffset(), Market.TICK_E9));
        everyNth(
                "market-data-of-neighbour",
                "an order is added to the next instrument's book",
                OrderAddDecoder.TEMPLATE_ID,
                20,
                plusInt(PublicStampEncoder.instrumentIdEncodingOffset(), 1));
        edited(
                "forget-delete",
                "an order that leaves is not taken out of the public book",
                (templateId, message) -> templateId == OrderDeleteDecoder.TEMPLATE_ID ? 0 : 1);
        outlet("private-before-public", "a matcher's market data goes out one command late", LateMarketData::new);
        outlet(
                "lose-a-packet",
                "a matcher does not publish the market data of one command in fifty",
                LossyMarketData::new);
    }

    // What the core is given

    private void wrongCommands() {
        core("count-a-duplicate-twice", "a request that is sent again counts again", DuplicatesAnew::new);
        rewriting(
                "skip-the-entitlement-check",
                "a maker may trade for the account of the first maker, and not for its own",
                SessionDefineDecoder.TEMPLATE_ID,
                (buffer, body) -> {
                    if (buffer.getByte(body + SessionDefineEncoder.roleEncodingOffset()) == Role.MAKER.value()) {
                        final int account = body + SessionDefineEncoder.BLOCK_LENGTH + GroupSchema.HEADER_LENGTH;
                        buffer.putInt(account, Sites.FIRST_MAKER, LITTLE_ENDIAN);
                    }
                });
        rewriting(
                "forget-cancel-on-disconnect",
                "nobody's orders are cancelled on disconnect",
                SessionOpenDecoder.TEMPLATE_ID,
                (buffer, body) ->
                        buffer.putByte(body + SessionOpenEncoder.codTypeEncodingOffset(), (byte) CodType.NONE.value()));
        rewriting(
                "lose-the-window-timer",
                "cancel on disconnect always waits for a minute",
                SessionOpenDecoder.TEMPLATE_ID,
                (buffer, body) ->
                        buffer.putInt(body + SessionOpenEncoder.codWindowMsEncodingOffset(), 60_000, LITTLE_ENDIAN));
    }

    // One node is not like the others

    private void differencesBetweenNodes() {
        oneNode("price-rounded-up", "one node sees every price a tick higher", (buffer, frame) -> {
            if (isTemplate(frame, PriceTickDecoder.TEMPLATE_ID)) {
                plus(PriceTickEncoder.priceEncodingOffset(), Market.TICK_E9).accept(buffer, frame.payloadOffset());
            }
        });
        oneNode(
                "local-clock",
                "one node reads its own clock, a nanosecond ahead",
                (buffer, frame) -> buffer.putLong(24, frame.timestampNs() + 1, LITTLE_ENDIAN));
        oneNode("lose-a-cancel", "one node overlooks one cancel in fifty", new LostCancels());
        add("iterate-a-hash-map", "one node tells the cancels of one command in another order", () -> new Parts() {
            @Override
            public StateMachine core(final String host, final Venue venue) {
                return host.equals(ONE_NODE) ? new Unordered(venue) : venue;
            }
        });
        add("replay-skips", "a node that recovers leaves out one command in two hundred", RecoverySkips::new);
        add("state-hash-lies", "one node reports another hash than it has", () -> new Parts() {
            @Override
            public HashReporter reporter(final String host, final HashReporter reporter) {
                return (at, books, ledger, marks, sessions, scrub) ->
                        reporter.report(at, host.equals(ONE_NODE) ? books : books + 1, ledger, marks, sessions, scrub);
            }
        });
    }

    private void failingNodes() {
        add("flip-a-bit", "a bit of one node's state turns over", () -> new Parts() {
            @Override
            public StateMachine core(final String host, final Venue venue) {
                return host.equals(ONE_NODE) ? new FlippedBit(venue) : venue;
            }
        });
        oneNode("poison-one-node", "one node's core fails at one cancel in twenty", new PoisonedCancels());
    }

    // Edges

    private void wrongEdges() {
        transport("drop-the-crc", "a replica takes frames whose checksum is wrong", TrustingTransport::new);
        transport(
                "renumber-across-a-gap",
                "a replica takes whatever frame comes for the next",
                RenumberingTransport::new);
        transport(
                "repeat-a-private-event", "a matcher sends a private event twice", transport -> new Offers(transport) {
                    @Override
                    long offerNth(final Outbound out, final DirectBuffer buffer, final int offset, final int length) {
                        out.offer(buffer, offset, length);
                        return out.offer(buffer, offset, length);
                    }
                });
        transport("skip-a-private-event", "a matcher leaves a private event out", transport -> new Offers(transport) {
            @Override
            long offerNth(final Outbound out, final DirectBuffer buffer, final int offset, final int length) {
                return 1;
            }
        });
        transport(
                "spoil-a-private-event",
                "a matcher sends a private event with a byte of the last",
                transport -> new Offers(transport) {
                    @Override
                    long offerNth(final Outbound out, final DirectBuffer buffer, final int offset, final int length) {
                        final UnsafeBuffer spoilt = new UnsafeBuffer(new byte[length]);
                        spoilt.putBytes(0, buffer, offset, length);
                        spoilt.putByte(length - 1, (byte) (spoilt.getByte(length - 1) + 1));
                        return out.offer(spoilt, 0, length);
                    }
                });
        transport(
                "resend-other-byte",
                "a matcher sends an event again with a byte of the last changed",
                ChangedResends::new);
        transport("busy-and-executed", "the gateway answers BUSY and forwards all the same", BusyTransport::new);
        transport("report-to-wrong-client", "the gateway sends a report to the client before", CrossedTransport::new);
    }

    private void wrongJournals() {
        journal(
                "publish-before-journaling",
                "the sequencer journals a frame after the next one is published",
                "core",
                LateJournal::new);
        journal(
                "journal-forgets",
                "a node's journal takes one frame in fifty without writing it",
                ONE_NODE,
                ForgetfulJournal::new);
        journal("epoch-not-raised", "the sequencer starts again under the epoch it had", "core", SameEpochJournal::new);
    }

    private void wrongMoney() {
        everyNth(
                "deleveraged-position-off-by-one",
                "a deleveraging tells a position one lot too large",
                DeleveragedDecoder.TEMPLATE_ID,
                1,
                plus(DeleveragedEncoder.positionAfterEncodingOffset(), 1));
        everyNth(
                "execution-told-twice",
                "an execution has the id of the one before",
                FillDecoder.TEMPLATE_ID,
                20,
                plus(FillEncoder.execIdEncodingOffset(), -1));
        everyNth(
                "fee-told-short",
                "a fill tells a fee of one quantum less",
                FillDecoder.TEMPLATE_ID,
                20,
                plus(FillEncoder.feeEncodingOffset(), -1));
        everyNth(
                "funding-told-short",
                "a funding payment is told one quantum short",
                FundingPaymentDecoder.TEMPLATE_ID,
                1,
                plus(FundingPaymentEncoder.amountEncodingOffset(), -1));
        edited(
                "fund-movement-untold",
                "a movement of the insurance fund is not told",
                (templateId, message) -> templateId == InsuranceFundDecoder.TEMPLATE_ID ? 0 : 1);
        edited(
                "proposal-unanswered",
                "a proposal that is declined has no answer",
                (templateId, message) -> templateId == ProposalDeclinedDecoder.TEMPLATE_ID ? 0 : 1);
        core("a-tenth-of-the-margin", "the gate asks for a tenth of the margin that is told", TenthOfMargin::new);
    }

    private void wrongSnapshots() {
        add("snapshot-misses-a-cell", "a snapshot has a zero in the place of a cell", () -> new Parts() {
            @Override
            public StoredMachine stored(final String host, final Venue venue) {
                return new ForgetfulSnapshots(venue);
            }
        });
        add("released-before-the-disk-has-it", "a matcher that should wait for its disk does not", () -> new Parts() {
            @Override
            public ReleasePoint release(final String host, final ReleasePoint flushed) {
                return ReleasePoint.AT_ONCE;
            }
        });
    }

    // How bugs are planted

    private interface Edit {
        int times(int templateId, UnsafeBuffer message);
    }

    private interface Change {
        void accept(MutableDirectBuffer buffer, int message);
    }

    private interface Rewrite {
        void accept(UnsafeBuffer buffer, Frame frame);
    }

    private static Change plus(final int offset, final long value) {
        return (buffer, message) -> buffer.putLong(
                message + BODY + offset, buffer.getLong(message + BODY + offset, LITTLE_ENDIAN) + value, LITTLE_ENDIAN);
    }

    private static Change plusInt(final int offset, final int value) {
        return (buffer, message) -> buffer.putInt(
                message + BODY + offset, buffer.getInt(message + BODY + offset, LITTLE_ENDIAN) + value, LITTLE_ENDIAN);
    }

    private static Change put(final int offset, final long value) {
        return (buffer, message) -> buffer.putLong(message + BODY + offset, value, LITTLE_ENDIAN);
    }

    private void add(final String name, final String what, final Supplier<Parts> parts) {
        bugs.add(new PlantedBug(name, what, parts));
    }

    private void core(final String name, final String what, final Function<Venue, StateMachine> core) {
        add(name, what, () -> new Parts() {
            @Override
            public StateMachine core(final String host, final Venue venue) {
                return core.apply(venue);
            }
        });
    }

    private void everyNth(
            final String name, final String what, final int templateId, final int nth, final Change change) {
        core(name, what, venue -> new TamperedCore(venue) {
            private int seen;

            @Override
            void after(final Frame frame, final EventBatch events) {
                for (int record = events.first(); record != EventBatch.END; record = events.next(record)) {
                    final int message = events.messageOffset(record);
                    if ((events.buffer().getShort(message + 2, LITTLE_ENDIAN) & 0xFFFF) == templateId
                            && ++seen % nth == 0) {
                        change.accept(events.buffer(), message);
                    }
                }
            }
        });
    }

    private void edited(final String name, final String what, final Edit edit) {
        core(name, what, venue -> new EditedEvents(venue) {
            @Override
            int times(final int templateId, final UnsafeBuffer message) {
                return edit.times(templateId, message);
            }
        });
    }

    private void rewriting(final String name, final String what, final int templateId, final Change change) {
        core(name, what, venue -> new TamperedCore(venue) {
            @Override
            void before(final UnsafeBuffer buffer, final Frame frame) {
                if (isTemplate(frame, templateId)) {
                    change.accept(buffer, frame.payloadOffset() + BODY);
                }
            }
        });
    }

    private void oneNode(final String name, final String what, final Rewrite rewrite) {
        add(name, what, () -> new Parts() {
            @Override
            public StateMachine core(final String host, final Venue venue) {
                return !host.equals(ONE_NODE)
                        ? venue
                        : new TamperedCore(venue) {
                            @Override
                            void before(final UnsafeBuffer buffer, final Frame frame) {
                                rewrite.accept(buffer, frame);
                            }
                        };
            }
        });
    }

    private void transport(final String name, final String what, final UnaryOperator<Transport> transport) {
        add(name, what, () -> new Parts() {
            @Override
            public Transport transport(final String host, final Transport own) {
                return transport.apply(own);
            }
        });
    }

    private void outlet(final String name, final String what, final Function<MarketDataPublisher, Outlet> outlet) {
        add(name, what, () -> new Parts() {
            @Override
            public Outlet outlet(final String host, final Outlet own) {
                return own instanceof MarketDataPublisher marketData ? outlet.apply(marketData) : own;
            }
        });
    }

    private void journal(
            final String name, final String what, final String where, final UnaryOperator<Journal> journal) {
        add(name, what, () -> new Parts() {
            @Override
            public Journal journal(final String host, final Journal own) {
                return host.equals(where) ? journal.apply(own) : own;
            }
        });
    }

    private static boolean isTemplate(final Frame frame, final int templateId) {
        return frame.payloadLength() >= MessageShape.HEADER_LENGTH
                && MessageShape.templateId(frame.buffer(), frame.payloadOffset()) == templateId;
    }

    // The bugs with a memory

    private static final class DuplicatesAnew extends TamperedCore {
        private final Map<Integer, Long> last = new TreeMap<>();

        DuplicatesAnew(final Venue venue) {
            super(venue);
        }

        @Override
        void before(final UnsafeBuffer buffer, final Frame frame) {
            if (frame.frameType() != FrameType.SESSION
                    || MessageShape.check(buffer, frame.payloadOffset(), frame.payloadLength()) != MessageShape.SOUND
                    || !SessionMessage.isNumbered(MessageShape.templateId(buffer, frame.payloadOffset()))) {
                return;
            }
            final long seqNum = SessionMessage.seqNum(buffer, frame.payloadOffset());
            final Long before = last.put(frame.source(), seqNum);
            if (before != null && before == seqNum) {
                plusInt(0, 1).accept(buffer, frame.payloadOffset());
            }
        }
    }

    private static final class TenthOfMargin extends TamperedCore {
        private static final int LESS = 10;

        TenthOfMargin(final Venue venue) {
            super(venue);
        }

        @Override
        void before(final UnsafeBuffer buffer, final Frame frame) {
            if (isTemplate(frame, InstrumentDefineDecoder.TEMPLATE_ID)) {
                final int margin =
                        frame.payloadOffset() + BODY + InstrumentDefineEncoder.initialMarginPpmEncodingOffset();
                final int maintenance =
                        frame.payloadOffset() + BODY + InstrumentDefineEncoder.maintenanceMarginPpmEncodingOffset();
                buffer.putInt(margin, buffer.getInt(margin, LITTLE_ENDIAN) / LESS, LITTLE_ENDIAN);
                buffer.putInt(maintenance, buffer.getInt(maintenance, LITTLE_ENDIAN) / LESS, LITTLE_ENDIAN);
            }
        }

        @Override
        void after(final Frame frame, final EventBatch events) {
            for (int record = events.first(); record != EventBatch.END; record = events.next(record)) {
                final int message = events.messageOffset(record);
                if (MessageShape.templateId(events.buffer(), message) == SecurityDefinitionDecoder.TEMPLATE_ID) {
                    final int margin = message + BODY + SecurityDefinitionEncoder.initialMarginPpmEncodingOffset();
                    events.buffer().putInt(margin, events.buffer().getInt(margin, LITTLE_ENDIAN) * LESS, LITTLE_ENDIAN);
                }
            }
        }
    }

    private static final class LostCancels implements Rewrite {
        private int seen;

        @Override
        public void accept(final UnsafeBuffer buffer, final Frame frame) {
            if (isTemplate(frame, CancelDecoder.TEMPLATE_ID) && ++seen % 50 == 0) {
                buffer.putShort(frame.payloadOffset() + 2, (short) 199, LITTLE_ENDIAN);
            }
        }
    }

    private static final class Unordered extends TamperedCore {
        Unordered(final Venue venue) {
            super(venue);
        }

        @Override
        void after(final Frame frame, final EventBatch events) {
            int before = EventBatch.END;
            for (int record = events.first(); record != EventBatch.END; record = events.next(record)) {
                final boolean cancelled =
                        (events.buffer().getShort(events.messageOffset(record) + 2, LITTLE_ENDIAN) & 0xFFFF)
                                == CancelledDecoder.TEMPLATE_ID;
                if (cancelled && before != EventBatch.END) {
                    swap(events, before, record);
                    return;
                }
                before = cancelled ? record : before;
            }
        }

        /** All but the stamps: numbers stay in order. */
        private static void swap(final EventBatch events, final int one, final int other) {
            final int from = BODY + EventStampEncoder.ENCODED_LENGTH;
            final int length = events.messageLength(one) - from;
            final byte[] first = new byte[length];
            final byte[] second = new byte[length];
            events.buffer().getBytes(events.messageOffset(one) + from, first);
            events.buffer().getBytes(events.messageOffset(other) + from, second);
            events.buffer().putBytes(events.messageOffset(one) + from, second);
            events.buffer().putBytes(events.messageOffset(other) + from, first);
        }
    }

    /** A core that is not the first on its host has to catch up, and makes a short way of it. */
    private static final class RecoverySkips implements Parts {
        private final Map<String, Integer> starts = new TreeMap<>();

        @Override
        public StateMachine core(final String host, final Venue venue) {
            return starts.merge(host, 1, Integer::sum) == 1
                    ? venue
                    : new TamperedCore(venue) {
                        @Override
                        void before(final UnsafeBuffer buffer, final Frame frame) {
                            if (frame.sequence() % 200 == 0 && isTemplate(frame, NewOrderDecoder.TEMPLATE_ID)) {
                                buffer.putShort(frame.payloadOffset() + 2, (short) 199, LITTLE_ENDIAN);
                            }
                        }
                    };
        }
    }

    private static class LateMarketData implements Outlet {
        final MarketDataPublisher marketData;
        private boolean late;
        private long lateFor;

        LateMarketData(final MarketDataPublisher marketData) {
            this.marketData = marketData;
        }

        @Override
        public boolean onEvents(final Frame frame, final EventBatch events) {
            late = frame.sequence() % 50 == 0 && lateFor != frame.sequence();
            if (late) {
                lateFor = frame.sequence();
                return true;
            }
            return marketData.onEvents(frame, events);
        }

        @Override
        public void close() {
            marketData.close();
        }
    }

    private static final class LossyMarketData extends LateMarketData {
        LossyMarketData(final MarketDataPublisher marketData) {
            super(marketData);
        }

        @Override
        public boolean onEvents(final Frame frame, final EventBatch events) {
            return events.firstPublicSeq() % 50 == 1 || marketData.onEvents(frame, events);
        }
    }

    private static final class TrustingTransport extends TamperedTransport {
        private final UnsafeBuffer copy = new UnsafeBuffer(new byte[Frame.MAX_LENGTH]);

        TrustingTransport(final Transport transport) {
            super(transport);
        }

        @Override
        boolean onMessage(
                final Way way,
                final MessageHandler handler,
                final int lane,
                final DirectBuffer buffer,
                final int offset,
                final int length) {
            if (way != Way.LOG) {
                return handler.onMessage(lane, buffer, offset, length);
            }
            copy.putBytes(0, buffer, offset, length);
            copy.putInt(CRC_OFFSET, Crc32c.compute(copy, CRC_FROM, length - CRC_FROM), LITTLE_ENDIAN);
            return handler.onMessage(lane, copy, 0, length);
        }
    }

    private static final class RenumberingTransport extends TamperedTransport {
        private final UnsafeBuffer copy = new UnsafeBuffer(new byte[Frame.MAX_LENGTH]);
        private long last;

        RenumberingTransport(final Transport transport) {
            super(transport);
        }

        @Override
        boolean onMessage(
                final Way way,
                final MessageHandler handler,
                final int lane,
                final DirectBuffer buffer,
                final int offset,
                final int length) {
            final Frame frame = new Frame();
            frame.wrap(buffer, offset);
            if (way != Way.LOG || frame.damage(length) != null || frame.frameType() == FrameType.HEARTBEAT) {
                return handler.onMessage(lane, buffer, offset, length);
            }
            copy.putBytes(0, buffer, offset, length);
            if (last > 0 && frame.sequence() > last + 1) {
                copy.putLong(16, last + 1, LITTLE_ENDIAN);
                copy.putInt(CRC_OFFSET, Crc32c.compute(copy, CRC_FROM, frame.length() - CRC_FROM), LITTLE_ENDIAN);
            }
            final boolean taken = handler.onMessage(lane, copy, 0, length);
            last = taken ? Math.max(last, frame.sequence()) : last;
            return taken;
        }
    }

    /** Does something else with every fiftieth private event. */
    private abstract static class Offers extends TamperedTransport {
        private int seen;

        Offers(final Transport transport) {
            super(transport);
        }

        abstract long offerNth(Outbound out, DirectBuffer buffer, int offset, int length);

        @Override
        final long offer(
                final Way way, final Outbound out, final DirectBuffer buffer, final int offset, final int length) {
            return way == Way.PRIVATE && out.isConnected() && ++seen % 50 == 0
                    ? offerNth(out, buffer, offset, length)
                    : out.offer(buffer, offset, length);
        }
    }

    /**
     * Turns a bit over that no write has turned, as a disturbed memory does; the running hash knows nothing of it. It is in
     * the part of the state that nodes hash afresh for their first reports.
     */
    private static final class FlippedBit extends TamperedCore {
        private static final long AT = 600;

        FlippedBit(final Venue venue) {
            super(venue);
        }

        @Override
        void after(final Frame frame, final EventBatch events) {
            if (frame.sequence() == AT) {
                StateBits.flip(venue, 2 * Scrub.SLICE_LONGS, 3 * Scrub.SLICE_LONGS);
            }
        }
    }

    private static final class PoisonedCancels implements Rewrite {
        private int seen;

        @Override
        public void accept(final UnsafeBuffer buffer, final Frame frame) {
            if (isTemplate(frame, CancelDecoder.TEMPLATE_ID) && ++seen % 20 == 0) {
                throw new IllegalStateException("a cancel that this core cannot bear");
            }
        }
    }

    private static final class ChangedResends extends TamperedTransport {
        ChangedResends(final Transport transport) {
            super(transport);
        }

        @Override
        long offer(final Way way, final Outbound out, final DirectBuffer buffer, final int offset, final int length) {
            if (way != Way.ANSWERS || MessageShape.templateId(buffer, offset) != ResentEventDecoder.TEMPLATE_ID) {
                return out.offer(buffer, offset, length);
            }
            final UnsafeBuffer changed = new UnsafeBuffer(new byte[length]);
            changed.putBytes(0, buffer, offset, length);
            changed.putByte(length - 1, (byte) (changed.getByte(length - 1) + 1));
            return out.offer(changed, 0, length);
        }
    }

    private static final class BusyTransport extends TamperedTransport {
        private int seen;

        BusyTransport(final Transport transport) {
            super(transport);
        }

        @Override
        long offer(final Way way, final Outbound out, final DirectBuffer buffer, final int offset, final int length) {
            final long result = out.offer(buffer, offset, length);
            final boolean sessions =
                    way == Way.COMMANDS && new Frame().wrap(buffer, offset).frameType() == FrameType.SESSION;
            return sessions && ++seen % 40 == 0 ? Outbound.BACK_PRESSURED : result;
        }
    }

    private static final class CrossedTransport extends TamperedTransport {
        private Outbound before;
        private int seen;

        CrossedTransport(final Transport transport) {
            super(transport);
        }

        @Override
        long offer(final Way way, final Outbound out, final DirectBuffer buffer, final int offset, final int length) {
            if (way != Way.RESPONSE) {
                return out.offer(buffer, offset, length);
            }
            final Outbound to = before != null && ++seen % 40 == 0 ? before : out;
            before = out;
            return to.offer(buffer, offset, length);
        }
    }

    private static final class LateJournal extends JournalAround {
        private byte[] waiting;

        LateJournal(final Journal journal) {
            super(journal);
        }

        @Override
        public void append(final DirectBuffer buffer, final int offset, final int length) {
            if (waiting != null) {
                journal.append(new UnsafeBuffer(waiting), 0, waiting.length);
            }
            waiting = new byte[length];
            buffer.getBytes(offset, waiting);
        }
    }

    private static final class ForgetfulJournal extends JournalAround {
        private int seen;

        ForgetfulJournal(final Journal journal) {
            super(journal);
        }

        @Override
        public void append(final DirectBuffer buffer, final int offset, final int length) {
            if (++seen % 50 != 0) {
                journal.append(buffer, offset, length);
            }
        }
    }

    private static final class SameEpochJournal extends JournalAround {
        SameEpochJournal(final Journal journal) {
            super(journal);
        }

        @Override
        public int lastEpoch() {
            return Math.max(0, journal.lastEpoch() - 1);
        }
    }
}
