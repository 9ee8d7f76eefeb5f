package org.isochron.replay.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.isochron.codecs.FillDecoder;
import org.isochron.codecs.FundingPaymentEncoder;
import org.isochron.codecs.FundingRateDecoder;
import org.isochron.codecs.FundingRateEncoder;
import org.isochron.codecs.FundingSampleEncoder;
import org.isochron.codecs.Liquidity;
import org.isochron.codecs.MessageHeaderDecoder;
import org.isochron.codecs.MessageHeaderEncoder;
import org.isochron.matcher.venue.Venue;
import org.isochron.replay.EventConsumer;
import org.isochron.replay.Replayer;
import org.isochron.replay.script.ScriptRunner;
import org.isochron.sequencer.edge.memory.MemoryJournal;
import org.isochron.sequencer.edge.memory.MemoryJournalStore;
import org.isochron.sequencer.replica.EventBatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FundingAuditTest {
    private static final Path SCRIPT = Path.of("scripts", "funding.jsonl");
    private static final String RULES =
            "\"rule\":\"PREMIUM_HOURLY\",\"samplePeriodMs\":600000,\"impactNotional\":\"10000\"";

    private final MemoryJournal journal = new MemoryJournalStore().open("journal");
    private final FundingAudit audit = new FundingAudit();

    private FundingFindings audit(final String rules, final EventConsumer before) throws Exception {
        return audit(script -> script.replace(RULES, rules), before);
    }

    private FundingFindings audit(final UnaryOperator<String> changed, final EventConsumer before) throws Exception {
        final String script = changed.apply(Files.readString(SCRIPT));
        new ScriptRunner(line -> {}, journal::append).run("funding", new BufferedReader(new StringReader(script)));
        final Venue venue = new Venue();
        final EventConsumer both = (frame, events) -> {
            before.onEvents(frame, events);
            audit.onEvents(frame, events);
        };
        new Replayer(venue, both).replay(journal.newReader(), Long.MAX_VALUE, applied -> {});
        return audit.findings(venue.inspection());
    }

    private static String text(final FundingFindings findings) {
        final StringWriter text = new StringWriter();
        findings.print(new PrintWriter(text));
        return text.toString();
    }

    @Test
    void shouldFindTheFundingHourEqual() throws Exception {
        final FundingFindings findings = audit(RULES, EventConsumer.NONE);

        assertTrue(findings.isClean(), text(findings));
        // Six samples with the rate ahead each, the rate, three payments; and what the hour that runs has begun with.
        assertTrue(findings.recomputed() >= 16, text(findings));
        assertTrue(text(findings).contains("= 0 quanta"), text(findings));
        assertTrue(findings.toJson().contains("\"differences\" : 0"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"rule\":\"BITMEX_8H\",\"intervalMs\":600000,\"samplePeriodMs\":100000,\"capRate\":\"0.0001\"",
                "\"rule\":\"PI\",\"samplePeriodMs\":300000",
                "\"rule\":\"CONTINUOUS\",\"samplePeriodMs\":60000",
                "\"rule\":\"PREMIUM_HOURLY\",\"intervalMs\":400000,\"offsetMs\":100,\"samplePeriodMs\":40000,"
                        + "\"interestRate\":\"0\",\"clampRate\":\"0\",\"maxPremium\":\"0.001\",\"capRate\":\"0.00001\"",
                "\"rule\":\"NONE\"",
            })
    void shouldFindEveryRuleEqual(final String rules) throws Exception {
        final FundingFindings findings = audit(rules, EventConsumer.NONE);

        assertTrue(findings.isClean(), text(findings));
    }

    /** An auction every ten minutes; the holders order in the window before 14:10. */
    private static final String AUCTION =
            "\"rule\":\"AUCTION\",\"intervalMs\":600000,\"windowMs\":600000,\"capRate\":\"0.0001\"";

    private FundingFindings auction(final EventConsumer before) throws Exception {
        final String anchor = "# 15:00 passes.";
        final StringBuilder orders = new StringBuilder();
        for (final String order : List.of(
                "\"accountId\":7,\"quantity\":\"200\",\"limitRate\":\"-0.000003\"",
                "\"accountId\":8,\"quantity\":\"401\",\"limitRate\":\"0.000002\"",
                "\"accountId\":9,\"quantity\":\"150\",\"limitRate\":\"0.000005\"",
                "\"accountId\":7,\"quantity\":\"450\",\"limitRate\":\"0.000001\"")) {
            orders.append("{\"at\":\"+1s\",\"as\":100,\"FundingOrder\":{\"instrumentId\":\"BTC-PERP\",\"clOrdId\":77,")
                    .append(order)
                    .append("}}\n");
        }
        return audit(script -> script.replace(RULES, AUCTION).replace(anchor, orders + anchor), before);
    }

    @Test
    void shouldFindTheRateOfAnAuctionEqual() throws Exception {
        final List<Long> rates = new ArrayList<>();
        final long[] closed = {0};
        final FundingFindings findings = auction((frame, events) -> {
            for (int i = events.first(); i != EventBatch.END; i = events.next(i)) {
                final MessageHeaderDecoder header = new MessageHeaderDecoder();
                header.wrap(events.buffer(), events.messageOffset(i));
                if (header.templateId() == FundingRateEncoder.TEMPLATE_ID) {
                    rates.add(new FundingRateDecoder()
                            .wrapAndApplyHeader(events.buffer(), events.messageOffset(i), header)
                            .rate());
                } else if (header.templateId() == FillDecoder.TEMPLATE_ID) {
                    final FillDecoder fill =
                            new FillDecoder().wrapAndApplyHeader(events.buffer(), events.messageOffset(i), header);
                    closed[0] += fill.liquidity() == Liquidity.FUNDING ? fill.lastQuantity() : 0;
                }
            }
        });

        assertTrue(findings.isClean(), text(findings));
        assertEquals(2_000, rates.get(0));
        assertEquals(2 * 150, closed[0], "450 longs and 150 shorts would not carry");
    }

    @Test
    void shouldFindARateOfAnAuctionThatIsOffByOne() throws Exception {
        final FundingFindings findings =
                auction(oneOff(FundingRateEncoder.TEMPLATE_ID, FundingRateEncoder.rateEncodingOffset()));

        assertTrue(text(findings).contains("FundingRate.rate"), text(findings));
    }

    @Test
    void shouldFindARateThatIsOffByOne() throws Exception {
        assertFound(FundingRateEncoder.TEMPLATE_ID, FundingRateEncoder.rateEncodingOffset(), "FundingRate.rate");
    }

    @Test
    void shouldFindAMoveOfTheIndexThatIsOffByOne() throws Exception {
        assertFound(
                FundingRateEncoder.TEMPLATE_ID,
                FundingRateEncoder.indexDeltaEncodingOffset(),
                "FundingRate.indexDelta");
    }

    @Test
    void shouldFindASampleThatIsOffByOne() throws Exception {
        assertFound(
                FundingSampleEncoder.TEMPLATE_ID,
                FundingSampleEncoder.premiumEncodingOffset(),
                "FundingSample.premium");
    }

    @Test
    void shouldFindAPaymentThatIsOffByOne() throws Exception {
        final FundingFindings findings = assertFound(
                FundingPaymentEncoder.TEMPLATE_ID,
                FundingPaymentEncoder.amountEncodingOffset(),
                "FundingPayment.amount");
        assertTrue(text(findings).contains("not 0"), text(findings));
    }

    private FundingFindings assertFound(final int template, final int field, final String what) throws Exception {
        final FundingFindings findings = audit(RULES, oneOff(template, field));
        assertFalse(findings.isClean());
        assertTrue(text(findings).contains(what), text(findings));
        assertEquals(false, text(findings).contains("all equal"));
        return findings;
    }

    /** The first event of that kind has one of its numbers changed by one. */
    private static EventConsumer oneOff(final int template, final int field) {
        final boolean[] done = {false};
        return (frame, events) -> {
            final MessageHeaderDecoder header = new MessageHeaderDecoder();
            for (int i = events.first(); !done[0] && i != EventBatch.END; i = events.next(i)) {
                header.wrap(events.buffer(), events.messageOffset(i));
                if (header.templateId() == template) {
                    final int at = events.messageOffset(i) + MessageHeaderEncoder.ENCODED_LENGTH + field;
                    events.buffer().putLong(at, events.buffer().getLong(at) + 1);
                    done[0] = true;
                }
            }
        };
    }
}
