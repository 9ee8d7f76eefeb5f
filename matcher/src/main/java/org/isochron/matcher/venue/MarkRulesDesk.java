package org.isochron.matcher.venue;

import org.isochron.codecs.MarkRule;
import org.isochron.codecs.MarkRulesDecoder;
import org.isochron.risk.rules.MarkRules;
import org.isochron.risk.rules.RuleTable;

/** How marks are made, as the operator chooses. */
final class MarkRulesDesk {
    private static final int DEFAULT_STEP_PPM = 10_000;
    private static final long DEFAULT_LAST_TRADE_MS = 60_000;
    private static final long DEFAULT_BASIS_TAU_MS = 150_000;
    private static final long DEFAULT_INDEX_TAU_MS = 3_600_000;

    private final RuleTable table;
    private final RuleAdoption adoption;
    private final Reports reports;
    private final Refusal refusal = new Refusal();

    MarkRulesDesk(final MarkRules rules, final RuleAdoption adoption, final Reports reports) {
        table = rules.table();
        this.adoption = adoption;
        this.reports = reports;
    }

    void onMarkRules(final Request request, final MarkRulesDecoder command) {
        final int stepPpm = Defaults.orDefault(command.stepPpm(), DEFAULT_STEP_PPM);
        final long lastTradeMs = Defaults.orDefault(command.lastTradeMs(), DEFAULT_LAST_TRADE_MS);
        final long basisTauMs = Defaults.orDefault(command.basisTauMs(), DEFAULT_BASIS_TAU_MS);
        final long indexTauMs = Defaults.orDefault(command.indexTauMs(), DEFAULT_INDEX_TAU_MS);
        if (adoption.refuses(refusal, command.instrumentId(), command.activationSequence())
                || TermChecks.refusesDistanceOrNone(refusal, MarkRulesDecoder.stepPpmId(), stepPpm)
                || TermChecks.refusesTime(refusal, MarkRulesDecoder.lastTradeMsId(), lastTradeMs)
                || TermChecks.refusesTimeConstant(refusal, MarkRulesDecoder.basisTauMsId(), basisTauMs)
                || TermChecks.refusesTimeConstant(refusal, MarkRulesDecoder.indexTauMsId(), indexTauMs)) {
            reports.businessReject(request, refusal);
            return;
        }
        final MarkRule rule = command.rule();
        table.stage(MarkRules.RULE, rule == MarkRule.NULL_VAL ? MarkRules.MEDIAN_OF_THREE : rule.value());
        table.stage(MarkRules.STEP, stepPpm);
        table.stage(MarkRules.LAST_TRADE_NS, lastTradeMs * TermChecks.NANOS_PER_MILLI);
        table.stage(MarkRules.BASIS_TAU_MS, basisTauMs);
        table.stage(MarkRules.INDEX_TAU_MS, indexTauMs);
        adoption.adopt(request, table, command.buffer(), command.offset(), command.encodedLength());
    }
}
