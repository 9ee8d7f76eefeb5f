package org.isochron.replay.audit;

import static org.isochron.replay.audit.EditedEvent.add;
import static org.isochron.replay.audit.EditedEvent.drop;
import static org.isochron.replay.audit.EditedEvent.first;
import static org.isochron.replay.audit.EditedEvent.setByte;
import static org.isochron.replay.audit.EditedEvent.setInt;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.Stream;
import org.isochron.codecs.DeleveragedEncoder;
import org.isochron.codecs.FillEncoder;
import org.isochron.codecs.InsuranceFundEncoder;
import org.isochron.codecs.LiquidationEndedEncoder;
import org.isochron.codecs.LiquidationOutcome;
import org.isochron.codecs.LiquidationPrintEncoder;
import org.isochron.codecs.LiquidationStartedEncoder;
import org.isochron.codecs.LiquidationTrancheEncoder;
import org.isochron.codecs.MarketSettledEncoder;
import org.isochron.codecs.PositionSettledEncoder;
import org.isochron.codecs.TakeoverEncoder;
import org.isochron.replay.EventConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LiquidationAuditTest {
    private static final AuditedScript CASCADE = AuditedScript.of(AuditedScript.cascade());

    /** Of the script, behind whose start there are as many fills: those of four trades. */
    private static final int FIRST_LIQUIDATION_FILL = 8;

    private static String text(final LiquidationFindings findings) {
        final StringWriter text = new StringWriter();
        new LiquidationTable(findings).print(new PrintWriter(text));
        return text.toString();
    }

    @Test
    void shouldAgreeWithEverythingThatCanBecomeOfALiquidation() {
        final LiquidationFindings findings = CASCADE.liquidations(EventConsumer.NONE, 0);

        assertTrue(findings.isClean(), text(findings));
        final List<LiquidationRow> rows = findings.rows();
        assertEquals(2, rows.size());
        final LiquidationRow first = rows.get(0);
        assertAll(
                () -> assertEquals("DELEVERAGED", first.outcome()),
                () -> assertEquals(2, first.accountId()),
                () -> assertEquals(100, first.lotsToBook()),
                () -> assertEquals(118, first.lotsToFund()),
                () -> assertEquals(782, first.lotsDeleveraged()),
                () -> assertEquals("SETTLED", rows.get(1).outcome()),
                () -> assertEquals(87, rows.get(1).lotsSettled()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "liquidation",
                "flash-crash",
                "tsla-weekend-gap",
                "oracle-attack",
                "whale",
                "collateral-depeg",
                "risk-nodes-dead"
            })
    void shouldAgreeWithEveryExample(final String name) {
        final AuditedScript script = AuditedScript.of(AuditedScript.example(name));
        final LiquidationFindings findings = script.liquidations(EventConsumer.NONE, 0);
        assertTrue(findings.isClean(), text(findings));
        final SolvencyFindings solvency = script.solvency(EventConsumer.NONE);
        assertTrue(solvency.isClean(), solvency::firstBreach);
    }

    @Test
    void shouldReportTheLongestThatAnybodyWasBelowMaintenance() {
        final LiquidationFindings findings =
                AuditedScript.of(AuditedScript.example("risk-nodes-dead")).liquidations(EventConsumer.NONE, 0);

        // Nobody scans for 1.8 s, and nobody has said so: that is no finding, but it is told.
        assertEquals(11, findings.longest().accountId());
        assertTrue(findings.longest().durationNs() > 1_000_000_000L, findings.longest()::toString);
    }

    @Test
    void shouldWriteTheWholeQueueBehindACommandDown() {
        final long sequence =
                CASCADE.liquidations(EventConsumer.NONE, 0).rows().get(0).endSequence();
        final String ranking =
                CASCADE.liquidations(EventConsumer.NONE, sequence).ranking();

        final List<String> lines = ranking.lines().toList();
        // Account 3 and 4 have the same score, 3 is short for longer; 5 has a hundred times what it needs.
        assertEquals(2 + 3, lines.size(), ranking);
        assertTrue(lines.get(0).contains("hands on 782 lots for 42197.111 USD; PNL_LEVERAGE, 3 candidates"), ranking);
        assertTrue(lines.get(2).matches(" +1 +3 +458331 +-300 .*"), ranking);
        assertTrue(lines.get(3).matches(" +2 +4 +458331 +-400 .*"), ranking);
        assertTrue(lines.get(4).matches(" +3 +5 +20935 +-300 .*"), ranking);
        assertEquals("", CASCADE.liquidations(EventConsumer.NONE, sequence - 1).ranking());
    }

    @Test
    void shouldKeepWhatAPictureNeeds() {
        final List<Cascade> cascades =
                CASCADE.liquidations(EventConsumer.NONE, 0).cascades();

        assertEquals(
                List.of("BTC-PERP", "GAP-PERP"),
                cascades.stream().map(Cascade::symbol).toList());
        final Cascade cascade = cascades.get(0);
        final Cascade.Point last = cascade.points().get(cascade.points().size() - 1);
        // 100, 118 and 782 lots at a mark of 55,000; each print once.
        assertEquals(5_500_000_000L, last.toBook().longValueExact());
        assertEquals(6_490_000_000L, last.toFund().longValueExact());
        assertEquals(43_010_000_000L, last.deleveraged().longValueExact());
        assertEquals(
                5, cascade.prints().stream().filter(print -> print.lots() != 15).count());
    }

    @Test
    void shouldTellItsFindingsAsJson() throws IOException {
        final LiquidationFindings findings = CASCADE.liquidations(
                first(LiquidationTrancheEncoder.TEMPLATE_ID, add(LiquidationTrancheEncoder.feeEncodingOffset(), 1)), 0);

        final JsonNode json = new ObjectMapper().readTree(new LiquidationTable(findings).toJson());
        assertEquals(1, json.get("disagreements").longValue());
        assertEquals(
                "LiquidationTranche.fee", json.get("found").get(0).get("what").textValue());
        assertEquals("27450000", json.get("found").get(0).get("expected").textValue());
        assertEquals(2, json.get("liquidations").size());
        assertEquals("55000", json.get("liquidations").get(0).get("notional").textValue());
    }

    // What is planted is found

    private static Arguments found(final String what, final EditedEvent edit) {
        return arguments(what, edit);
    }

    /** Both events of the first fill. */
    private static EditedEvent bothSides(final EditedEvent.Edit edit) {
        return new EditedEvent(DeleveragedEncoder.TEMPLATE_ID, 0, 2, edit);
    }

    private static EditedEvent opposite(final EditedEvent.Edit edit) {
        return new EditedEvent(DeleveragedEncoder.TEMPLATE_ID, 1, 2, edit);
    }

    static Stream<Arguments> starts() {
        final int template = LiquidationStartedEncoder.TEMPLATE_ID;
        return Stream.of(
                found(
                        "LiquidationStarted.equity",
                        first(template, add(LiquidationStartedEncoder.equityEncodingOffset(), 1))),
                found(
                        "LiquidationStarted.maintenanceMargin",
                        first(template, add(LiquidationStartedEncoder.maintenanceMarginEncodingOffset(), 1))),
                found(
                        "LiquidationStarted.closingFee",
                        first(template, add(LiquidationStartedEncoder.closingFeeEncodingOffset(), 1))),
                found(
                        "LiquidationStarted: the bucket is below its maintenance margin",
                        first(template, setInt(LiquidationStartedEncoder.accountIdEncodingOffset(), 5))),
                found("only of a bucket under liquidation", first(template, drop())),
                found(
                        "ScanCompleted: every bucket below maintenance margin at the sequence scanned is proposed",
                        first(template, drop())),
                found(
                        "LiquidationEnded.outcome",
                        first(
                                LiquidationEndedEncoder.TEMPLATE_ID,
                                setByte(
                                        LiquidationEndedEncoder.outcomeEncodingOffset(),
                                        LiquidationOutcome.TAKEN_OVER.value()))),
                found(
                        "LiquidationEnded.equity",
                        first(
                                LiquidationEndedEncoder.TEMPLATE_ID,
                                add(LiquidationEndedEncoder.equityEncodingOffset(), 1))));
    }

    static Stream<Arguments> tranches() {
        final int template = LiquidationTrancheEncoder.TEMPLATE_ID;
        return Stream.of(
                found(
                        "LiquidationTranche.limitPrice",
                        first(template, add(LiquidationTrancheEncoder.limitPriceEncodingOffset(), 100_000_000))),
                found(
                        "LiquidationTranche.requiredCash",
                        first(template, add(LiquidationTrancheEncoder.requiredCashEncodingOffset(), 1))),
                found(
                        "LiquidationTranche.quantity",
                        first(template, add(LiquidationTrancheEncoder.quantityEncodingOffset(), 1))),
                found(
                        "LiquidationTranche.filledQuantity",
                        first(template, add(LiquidationTrancheEncoder.filledQuantityEncodingOffset(), 1))),
                found("LiquidationTranche.fee", first(template, add(LiquidationTrancheEncoder.feeEncodingOffset(), 1))),
                found(
                        "LiquidationTranche.instrumentId",
                        first(template, setInt(LiquidationTrancheEncoder.instrumentIdEncodingOffset(), 2))),
                found(
                        "LiquidationTranche: no fill beyond the limit",
                        new EditedEvent(
                                FillEncoder.TEMPLATE_ID,
                                FIRST_LIQUIDATION_FILL,
                                FIRST_LIQUIDATION_FILL + 1,
                                add(FillEncoder.lastPriceEncodingOffset(), -1_000_000_000_000L))));
    }

    static Stream<Arguments> takeovers() {
        final int template = TakeoverEncoder.TEMPLATE_ID;
        return Stream.of(
                found(
                        "Takeover: within the limits of INSURANCE",
                        first(template, add(TakeoverEncoder.quantityEncodingOffset(), 1))),
                found(
                        "Takeover: as many as INSURANCE may take",
                        first(template, add(TakeoverEncoder.quantityEncodingOffset(), -1))),
                found("InsuranceFund: TAKEOVER in USD is told in full", first(template, drop())),
                found("Takeover.cash", first(template, add(TakeoverEncoder.cashEncodingOffset(), 1))),
                found(
                        "Takeover.insuranceBalanceAfter",
                        first(template, add(TakeoverEncoder.insuranceBalanceAfterEncodingOffset(), 1))),
                found(
                        "Takeover.insurancePositionAfter",
                        first(template, add(TakeoverEncoder.insurancePositionAfterEncodingOffset(), 1))));
    }

    static Stream<Arguments> deleveragings() {
        return Stream.of(
                found("Deleveraged.score", bothSides(add(DeleveragedEncoder.scoreEncodingOffset(), 1))),
                found("Deleveraged.cutoffScore", bothSides(add(DeleveragedEncoder.cutoffScoreEncodingOffset(), 1))),
                found("Deleveraged: rank", bothSides(setInt(DeleveragedEncoder.rankEncodingOffset(), 2))),
                found("Deleveraged.rule", bothSides(setByte(DeleveragedEncoder.ruleEncodingOffset(), 2))),
                // Account 4 comes behind account 3, which is as profitable and older.
                found(
                        "Deleveraged: nobody is skipped",
                        opposite(setInt(DeleveragedEncoder.accountIdEncodingOffset(), 4))),
                found(
                        "Deleveraged: whoever takes some is worth something",
                        opposite(setInt(DeleveragedEncoder.accountIdEncodingOffset(), 6))),
                found(
                        "Deleveraged: both sides are told the same",
                        opposite(add(DeleveragedEncoder.cashEncodingOffset(), 1))),
                found(
                        "Deleveraged: both sides are told the same",
                        opposite(add(DeleveragedEncoder.quantityEncodingOffset(), 1))),
                found("Deleveraged: one event to each side", opposite(drop())),
                found("Deleveraged.balanceAfter", opposite(add(DeleveragedEncoder.balanceAfterEncodingOffset(), 1))),
                found("Deleveraged.positionAfter", opposite(add(DeleveragedEncoder.positionAfterEncodingOffset(), 1))),
                found(
                        "DELEVERAGED SELL in BTC-PERP in exactly one print",
                        new EditedEvent(LiquidationPrintEncoder.TEMPLATE_ID, 2, 3, drop())));
    }

    static Stream<Arguments> settlements() {
        final int market = MarketSettledEncoder.TEMPLATE_ID;
        final int bucket = PositionSettledEncoder.TEMPLATE_ID;
        return Stream.of(
                found("MarketSettled.deficit", first(market, add(MarketSettledEncoder.deficitEncodingOffset(), 1))),
                found(
                        "MarketSettled.profitCharged",
                        first(market, add(MarketSettledEncoder.profitChargedEncodingOffset(), 1))),
                found(
                        "MarketSettled.insurancePaid",
                        first(market, add(MarketSettledEncoder.insurancePaidEncodingOffset(), 1))),
                found(
                        "MarketSettled.openInterest",
                        first(market, add(MarketSettledEncoder.openInterestEncodingOffset(), 1))),
                found(
                        "PositionSettled.profitCharge",
                        first(bucket, add(PositionSettledEncoder.profitChargeEncodingOffset(), 1))),
                found(
                        "PositionSettled.balanceAfter",
                        first(bucket, add(PositionSettledEncoder.balanceAfterEncodingOffset(), 1))),
                found(
                        "PositionSettled: only whom a settlement has concerned, once",
                        first(bucket, setInt(PositionSettledEncoder.accountIdEncodingOffset(), 1))),
                found("PositionSettled: told of the settlement", first(bucket, drop())));
    }

    static Stream<Arguments> publications() {
        final int print = LiquidationPrintEncoder.TEMPLATE_ID;
        final int fund = InsuranceFundEncoder.TEMPLATE_ID;
        return Stream.of(
                found("TRANCHE SELL in BTC-PERP in exactly one print", first(print, drop())),
                found(
                        "TRANCHE SELL in BTC-PERP in exactly one print",
                        first(print, add(LiquidationPrintEncoder.quantityEncodingOffset(), -1))),
                found(
                        "TRANCHE SELL in BTC-PERP in exactly one print",
                        first(print, add(LiquidationPrintEncoder.cashEncodingOffset(), 1))),
                found(
                        "LiquidationPrint.markPrice",
                        first(print, add(LiquidationPrintEncoder.markPriceEncodingOffset(), 1))),
                // The second movement, after the deposit.
                found(
                        "InsuranceFund.balance",
                        new EditedEvent(fund, 1, 2, add(InsuranceFundEncoder.balanceEncodingOffset(), 1))),
                found(
                        "InsuranceFund: LIQUIDATION_FEE in USD is told in full",
                        new EditedEvent(fund, 1, 2, add(InsuranceFundEncoder.changeEncodingOffset(), 1))),
                found("InsuranceFund: LIQUIDATION_FEE in USD is told in full", new EditedEvent(fund, 1, 2, drop())),
                found(
                        "InsuranceFund.position",
                        new EditedEvent(fund, 2, 3, add(InsuranceFundEncoder.positionEncodingOffset(), 1))),
                found(
                        "Fill.fee",
                        new EditedEvent(
                                FillEncoder.TEMPLATE_ID,
                                FIRST_LIQUIDATION_FILL + 2,
                                FIRST_LIQUIDATION_FILL + 3,
                                add(FillEncoder.feeEncodingOffset(), 1))),
                found(
                        "Fill: lots in a second",
                        new EditedEvent(
                                FillEncoder.TEMPLATE_ID,
                                FIRST_LIQUIDATION_FILL + 2,
                                FIRST_LIQUIDATION_FILL + 3,
                                add(FillEncoder.lastQuantityEncodingOffset(), 1))),
                found(
                        "Fill: no worse than the slip from the mark",
                        new EditedEvent(
                                FillEncoder.TEMPLATE_ID,
                                FIRST_LIQUIDATION_FILL + 2,
                                FIRST_LIQUIDATION_FILL + 3,
                                add(FillEncoder.lastPriceEncodingOffset(), -50_000_000_000L))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"starts", "tranches", "takeovers", "deleveragings", "settlements", "publications"})
    void shouldFindWhatIsPlanted(final String what, final EditedEvent edit) {
        final LiquidationFindings findings = CASCADE.liquidations(edit, 0);

        assertFalse(findings.isClean());
        assertTrue(text(findings).contains(what), () -> text(findings));
        assertFalse(text(findings).contains("all agree"));
    }
}
