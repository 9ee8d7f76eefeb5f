package org.isochron.replay.audit;

import static org.isochron.replay.audit.EditedEvent.add;
import static org.isochron.replay.audit.EditedEvent.drop;
import static org.isochron.replay.audit.EditedEvent.first;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.stream.Stream;
import org.isochron.codecs.BalanceChangedEncoder;
import org.isochron.codecs.FillEncoder;
import org.isochron.codecs.FundingPaymentEncoder;
import org.isochron.codecs.InsuranceFundEncoder;
import org.isochron.codecs.TakeoverEncoder;
import org.isochron.replay.EventConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SolvencyAuditTest {
    private static final AuditedScript CASCADE = AuditedScript.of(AuditedScript.cascade());

    private static String text(final SolvencyFindings findings) {
        final StringWriter text = new StringWriter();
        findings.print(new PrintWriter(text));
        return text.toString();
    }

    @Test
    void shouldFindEverySumRightThroughACascade() {
        final SolvencyFindings findings = CASCADE.solvency(EventConsumer.NONE);

        assertTrue(findings.isClean(), () -> text(findings));
        assertNull(findings.firstBreach());
        assertEquals(1, findings.places());
        assertTrue(text(findings).contains("1111000"), () -> text(findings));
    }

    @ParameterizedTest
    @ValueSource(strings = {"funding", "inverse", "power", "auction", "mmp", "tsla-weekend-internal-ema"})
    void shouldFindEverySumRightInEveryKindOfMarket(final String name) {
        final SolvencyFindings findings =
                AuditedScript.of(AuditedScript.example(name)).solvency(EventConsumer.NONE);

        assertTrue(findings.isClean(), () -> text(findings));
    }

    @Test
    void shouldAddUpWhereverStateHashesAreDue() {
        // 86,000 commands pass in an hour of clock ticks.
        final SolvencyFindings findings =
                AuditedScript.of(AuditedScript.example("funding")).solvency(EventConsumer.NONE);

        assertTrue(findings.places() > 80, () -> text(findings));
    }

    static Stream<Arguments> breaches() {
        return Stream.of(
                arguments("FEE is", first(FillEncoder.TEMPLATE_ID, add(FillEncoder.feeEncodingOffset(), 1))),
                arguments(
                        "deposits less withdrawals in the cells",
                        first(BalanceChangedEncoder.TEMPLATE_ID, add(BalanceChangedEncoder.amountEncodingOffset(), 1))),
                arguments("lots, its events come to", first(TakeoverEncoder.TEMPLATE_ID, drop())),
                arguments(
                        "the cash of account 4000000002",
                        new EditedEvent(
                                InsuranceFundEncoder.TEMPLATE_ID,
                                1,
                                2,
                                add(InsuranceFundEncoder.changeEncodingOffset(), 1))),
                arguments(
                        "INSURANCE is worth -",
                        first(
                                InsuranceFundEncoder.TEMPLATE_ID,
                                add(InsuranceFundEncoder.changeEncodingOffset(), -600_000_000))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("breaches")
    void shouldNameTheFirstBreach(final String what, final EditedEvent edit) {
        final SolvencyFindings findings = CASCADE.solvency(edit);

        assertFalse(findings.isClean());
        assertFalse(text(findings).contains("every sum is what it must be"));
        assertTrue(text(findings).contains("first breach: sequence "), () -> text(findings));
        assertTrue(
                findings.breaches().stream().anyMatch(each -> each.contains(what)),
                () -> findings.breaches().toString());
    }

    @Test
    void shouldFindFundingThatNobodyHasPaid() {
        final SolvencyFindings findings = AuditedScript.of(AuditedScript.example("funding"))
                .solvency(
                        first(FundingPaymentEncoder.TEMPLATE_ID, add(FundingPaymentEncoder.amountEncodingOffset(), 1)));

        assertTrue(findings.firstBreach().contains("FUNDING_POOL with ROUNDING"), findings::firstBreach);
    }

    @Test
    void shouldTellItsFindingsAsJson() throws IOException {
        final JsonNode json =
                new ObjectMapper().readTree(CASCADE.solvency(EventConsumer.NONE).toJson());

        assertEquals(0, json.get("breaches").longValue());
        assertTrue(json.get("firstBreach").isNull());
        assertEquals("1111000", json.get("assets").get(0).get("netDeposits").textValue());
    }
}
