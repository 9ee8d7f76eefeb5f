package org.isochron.matcher.venue;

import static org.isochron.codecs.RejectCode.BAD_VALUE;

import org.isochron.codecs.ClosedRule;
import org.isochron.codecs.ClosedRulesDecoder;
import org.isochron.risk.ledger.Collaterals;
import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.margin.Margin;
import org.isochron.risk.rules.ClosedRules;
import org.isochron.risk.rules.RuleTable;

/** What happens while primary markets are closed, as the operator chooses. */
final class ClosedRulesDesk {
    private static final long DEFAULT_INTERNAL_TAU_MS = 3_600_000;
    private static final int DEFAULT_MARGIN_SCALE_PPM = 2_000_000;
    private static final int MAX_MARGIN_SCALE_PPM = 10_000_000;
    private static final long DEFAULT_RAMP_MS = 3_600_000;
    private static final int DEFAULT_OVERNIGHT_PPM = 500_000;
    private static final int DEFAULT_WEEKEND_PPM = 100_000;
    private static final int DEFAULT_FUNDING_PPM = 500_000;
    private static final long DEFAULT_FEED_SILENT_MS = 30_000;
    private static final long MIN_FEED_SILENT_MS = 1_000;
    private static final int DEFAULT_REANCHORS = 2;
    private static final int MAX_REANCHORS = 100;

    private final RuleTable table;
    private final Collaterals collaterals;
    private final RuleAdoption adoption;
    private final Reports reports;
    private final Refusal refusal = new Refusal();

    ClosedRulesDesk(final Ledger ledger, final RuleAdoption adoption, final Reports reports) {
        table = ledger.rules().closed().table();
        collaterals = ledger.collaterals();
        this.adoption = adoption;
        this.reports = reports;
    }

    void onClosedRules(final Request request, final ClosedRulesDecoder command) {
        if (adoption.refuses(refusal, command.instrumentId(), command.activationSequence())
                || refusesIndex(command)
                || refusesMargin(command)
                || refusesLimits(command)
                || refusesSilence(command)) {
            reports.businessReject(request, refusal);
            return;
        }
        adoption.adopt(request, table, command.buffer(), command.offset(), command.encodedLength());
    }

    private boolean refusesIndex(final ClosedRulesDecoder command) {
        final int rule = command.rule() == ClosedRule.NULL_VAL
                ? ClosedRules.INTERNAL_EMA
                : command.rule().value();
        final boolean noNotional = command.impactNotional() == ClosedRulesDecoder.impactNotionalNullValue();
        final long notional = noNotional ? 0 : command.impactNotional();
        final long tauMs = Defaults.orDefault(command.internalTauMs(), DEFAULT_INTERNAL_TAU_MS);
        final int boundPpm = Defaults.orDefault(command.boundPpm(), 0);
        final int reanchors = Defaults.orDefault(command.reanchors(), DEFAULT_REANCHORS);
        table.stage(ClosedRules.RULE, rule);
        table.stage(ClosedRules.IMPACT_NOTIONAL, notional);
        table.stage(ClosedRules.INTERNAL_TAU_MS, tauMs);
        table.stage(ClosedRules.BOUND, boundPpm);
        table.stage(ClosedRules.REANCHORS, reanchors);
        if (rule == ClosedRules.INTERNAL_EMA && collaterals.isPricedBy(adoption.instrument())) {
            // Collateral is priced on an index in which the venue's own book has no say.
            return refusal.of(BAD_VALUE, ClosedRulesDecoder.ruleId(), rule);
        }
        if (notional < 1 && (rule == ClosedRules.INTERNAL_EMA || !noNotional)) {
            return refusal.of(
                    BAD_VALUE, ClosedRulesDecoder.impactNotionalId(), noNotional ? Refusal.NO_VALUE : notional, 1);
        }
        final boolean byLeverage = command.boundPpm() == ClosedRulesDecoder.boundPpmNullValue();
        return TermChecks.refusesTimeConstant(refusal, ClosedRulesDecoder.internalTauMsId(), tauMs)
                || !byLeverage && TermChecks.refusesDistance(refusal, ClosedRulesDecoder.boundPpmId(), boundPpm)
                || TermChecks.refusesOutside(refusal, ClosedRulesDecoder.reanchorsId(), reanchors, 0, MAX_REANCHORS);
    }

    private boolean refusesMargin(final ClosedRulesDecoder command) {
        final int scalePpm = Defaults.orDefault(command.initialMarginScalePpm(), DEFAULT_MARGIN_SCALE_PPM);
        final long rampMs = Defaults.orDefault(command.rampMs(), DEFAULT_RAMP_MS);
        table.stage(ClosedRules.INITIAL_MARGIN_SCALE, scalePpm);
        table.stage(ClosedRules.RAMP_NS, rampMs * TermChecks.NANOS_PER_MILLI);
        return TermChecks.refusesOutside(
                        refusal,
                        ClosedRulesDecoder.initialMarginScalePpmId(),
                        scalePpm,
                        Margin.PPM,
                        MAX_MARGIN_SCALE_PPM)
                || TermChecks.refusesOutside(
                        refusal, ClosedRulesDecoder.rampMsId(), rampMs, 0, TermChecks.MILLIS_PER_DAY);
    }

    private boolean refusesLimits(final ClosedRulesDecoder command) {
        final int overnightPpm = Defaults.orDefault(command.overnightLimitPpm(), DEFAULT_OVERNIGHT_PPM);
        final int weekendPpm = Defaults.orDefault(command.weekendLimitPpm(), DEFAULT_WEEKEND_PPM);
        final int fundingPpm = Defaults.orDefault(command.fundingPpm(), DEFAULT_FUNDING_PPM);
        table.stage(ClosedRules.OVERNIGHT_LIMIT, overnightPpm);
        table.stage(ClosedRules.WEEKEND_LIMIT, weekendPpm);
        table.stage(ClosedRules.FUNDING, fundingPpm);
        return refusesShare(ClosedRulesDecoder.overnightLimitPpmId(), overnightPpm)
                || refusesShare(ClosedRulesDecoder.weekendLimitPpmId(), weekendPpm)
                || refusesShare(ClosedRulesDecoder.fundingPpmId(), fundingPpm);
    }

    private boolean refusesShare(final int fieldId, final int ppm) {
        return TermChecks.refusesOutside(refusal, fieldId, ppm, 0, Margin.PPM);
    }

    private boolean refusesSilence(final ClosedRulesDecoder command) {
        final long silentMs = Defaults.orDefault(command.feedSilentMs(), DEFAULT_FEED_SILENT_MS);
        table.stage(ClosedRules.FEED_SILENT_NS, silentMs * TermChecks.NANOS_PER_MILLI);
        return TermChecks.refusesOutside(
                refusal, ClosedRulesDecoder.feedSilentMsId(), silentMs, MIN_FEED_SILENT_MS, TermChecks.MILLIS_PER_DAY);
    }
}
