package org.isochron.matcher.venue;

import static org.isochron.codecs.RejectCode.OVERFLOW;

import org.isochron.codecs.DeleverageRule;
import org.isochron.codecs.LiquidationRulesDecoder;
import org.isochron.risk.ledger.Instruments;
import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.margin.Margin;
import org.isochron.risk.rules.LiquidationRules;
import org.isochron.risk.rules.RuleTable;

/** How instruments are liquidated, as the operator sets it: null fields take the defaults of the rulebook. */
final class LiquidationRulesDesk {
    private static final int MAX_SLIP_PPM = 100_000;
    private static final long MIN_RETRY_MS = 100;
    private static final long MAX_RETRY_MS = 60_000;
    private static final long MAX_WHOLE_AFTER_MS = 3_600_000;
    private static final long MIN_WINDOW_MS = 1_000;
    private static final long MAX_WINDOW_MS = 31 * TermChecks.MILLIS_PER_DAY;

    private final Ledger ledger;
    private final Instruments instruments;
    private final RuleTable table;
    private final RuleAdoption adoption;
    private final Reports reports;
    private final Refusal refusal = new Refusal();

    private long wholeNotional;
    private long drawCap;
    private long unwindLots;
    private int tranchePpm;
    private int stressPpm;
    private int slipPpm;
    private long retryMs;
    private long wholeAfterMs;
    private long windowMs;

    LiquidationRulesDesk(final Ledger ledger, final RuleAdoption adoption, final Reports reports) {
        this.ledger = ledger;
        this.adoption = adoption;
        this.reports = reports;
        instruments = ledger.instruments();
        table = ledger.rules().liquidation().table();
    }

    void onLiquidationRules(final Request request, final LiquidationRulesDecoder command) {
        if (adoption.refuses(refusal, command.instrumentId(), command.activationSequence())) {
            reports.businessReject(request, refusal);
            return;
        }
        fill(adoption.instrument(), command);
        if (refusesAmounts() || refusesShares() || refusesTimes()) {
            reports.businessReject(request, refusal);
            return;
        }
        stage(command.deleverageRule());
        adoption.adopt(request, table, command.buffer(), command.offset(), command.encodedLength());
    }

    private void fill(final int instrument, final LiquidationRulesDecoder command) {
        final int scale = ledger.assets().scale(instruments.asset(instrument));
        wholeNotional = Defaults.amountOrDefault(command.wholeNotional(), LiquidationRules.defaultWholeNotional(scale));
        drawCap = Defaults.amountOrDefault(command.drawCap(), LiquidationRules.NO_CAP);
        unwindLots = Defaults.amountOrDefault(
                command.unwindLots(),
                Math.max(1, instruments.maxOrderLots(instrument) / LiquidationRules.DEFAULT_UNWIND_PARTS));
        tranchePpm = Defaults.orDefault(command.tranchePpm(), LiquidationRules.DEFAULT_TRANCHE_PPM);
        stressPpm = Defaults.orDefault(command.stressPpm(), LiquidationRules.DEFAULT_STRESS_PPM);
        slipPpm = Defaults.orDefault(command.unwindSlipPpm(), LiquidationRules.DEFAULT_UNWIND_SLIP_PPM);
        retryMs = Defaults.orDefault(command.retryMs(), LiquidationRules.DEFAULT_RETRY_MS);
        wholeAfterMs = Defaults.orDefault(command.wholeAfterMs(), LiquidationRules.DEFAULT_WHOLE_AFTER_MS);
        windowMs = Defaults.orDefault(command.drawWindowMs(), LiquidationRules.DEFAULT_DRAW_WINDOW_MS);
    }

    private boolean refusesAmounts() {
        return refusesAmount(LiquidationRulesDecoder.wholeNotionalId(), wholeNotional)
                || drawCap != LiquidationRules.NO_CAP && refusesAmount(LiquidationRulesDecoder.drawCapId(), drawCap)
                || TermChecks.refusesBelowOne(refusal, LiquidationRulesDecoder.unwindLotsId(), unwindLots)
                || unwindLots > LiquidationRules.MAX_AMOUNT
                        && refusal.of(
                                OVERFLOW,
                                LiquidationRulesDecoder.unwindLotsId(),
                                unwindLots,
                                LiquidationRules.MAX_AMOUNT);
    }

    private boolean refusesAmount(final int field, final long amount) {
        return TermChecks.refusesOutside(refusal, field, amount, 0, LiquidationRules.MAX_AMOUNT);
    }

    private boolean refusesShares() {
        return TermChecks.refusesOutside(refusal, LiquidationRulesDecoder.tranchePpmId(), tranchePpm, 1, Margin.PPM)
                || TermChecks.refusesOutside(refusal, LiquidationRulesDecoder.stressPpmId(), stressPpm, 0, Margin.PPM)
                || TermChecks.refusesOutside(
                        refusal, LiquidationRulesDecoder.unwindSlipPpmId(), slipPpm, 0, MAX_SLIP_PPM);
    }

    private boolean refusesTimes() {
        return TermChecks.refusesOutside(
                        refusal, LiquidationRulesDecoder.retryMsId(), retryMs, MIN_RETRY_MS, MAX_RETRY_MS)
                || TermChecks.refusesOutside(
                        refusal, LiquidationRulesDecoder.wholeAfterMsId(), wholeAfterMs, retryMs, MAX_WHOLE_AFTER_MS)
                || TermChecks.refusesOutside(
                        refusal, LiquidationRulesDecoder.drawWindowMsId(), windowMs, MIN_WINDOW_MS, MAX_WINDOW_MS);
    }

    private void stage(final DeleverageRule rule) {
        table.stage(LiquidationRules.WHOLE_NOTIONAL, wholeNotional);
        table.stage(LiquidationRules.DRAW_CAP, drawCap);
        table.stage(LiquidationRules.UNWIND_LOTS, unwindLots);
        table.stage(LiquidationRules.TRANCHE_PPM, tranchePpm);
        table.stage(LiquidationRules.STRESS_PPM, stressPpm);
        table.stage(LiquidationRules.UNWIND_SLIP_PPM, slipPpm);
        table.stage(LiquidationRules.RETRY_MS, retryMs);
        table.stage(LiquidationRules.WHOLE_AFTER_MS, wholeAfterMs);
        table.stage(LiquidationRules.DRAW_WINDOW_MS, windowMs);
        table.stage(
                LiquidationRules.DELEVERAGE_RULE,
                rule == DeleverageRule.NULL_VAL ? LiquidationRules.PNL_LEVERAGE : rule.value());
    }
}
