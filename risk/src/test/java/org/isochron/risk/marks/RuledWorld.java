package org.isochron.risk.marks;

import org.isochron.risk.ledger.InstrumentTerms;
import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.rules.ClosedRules;
import org.isochron.risk.rules.IndexRules;
import org.isochron.risk.rules.MarkRules;
import org.isochron.risk.rules.RuleTable;
import org.isochron.risk.state.Capacities;

/** One instrument with rules of its own, a book written by hand and a clock that ticks every 100 ms. */
final class RuledWorld implements BookPrices {
    static final long SECOND_NS = 1_000_000_000L;
    static final long START_NS = 1_767_623_400L * SECOND_NS;
    private static final long TICK_NS = SECOND_NS / 10;
    private static final long Q16 = 1L << 16;

    final Ledger ledger = new Ledger(Capacities.GENESIS);
    final Marks marks = new Marks(ledger, this, Capacities.GENESIS.instruments());
    final int instrument;

    long nowNs = START_NS;
    long bid;
    long ask;
    long last;
    long lastNs;
    /** Impact prices in whole ticks, 0 for a side without depth. */
    long impactBid;

    long impactAsk;

    /** Initial margin 10 %, so 10x. */
    RuledWorld() {
        ledger.assets().define(1, 0x445355, 0, 6);
        final InstrumentTerms terms = new InstrumentTerms();
        terms.id = 1;
        terms.symbolHead = 1;
        terms.tickSize = 1;
        terms.lotSize = 1;
        terms.factor = 1;
        terms.maxPriceTicks = Marks.MAX_TICKS;
        terms.maxPositionLots = 1_000;
        terms.initialMarginPpm = 100_000;
        terms.maintenanceMarginPpm = 50_000;
        terms.indexStaleNs = 30 * SECOND_NS;
        terms.requiredSources = 1;
        instrument = ledger.instruments().define(terms);
    }

    /** Soft-stale 5 s, stale 30 s, deviation 5 %, jumps of 20 % have to be confirmed or last 3 s. */
    RuledWorld index(final int required, final int... weights) {
        final IndexRules rules = ledger.rules().index();
        final RuleTable table = rules.table();
        table.stage(IndexRules.SOFT_STALE_NS, 5 * SECOND_NS);
        table.stage(IndexRules.STALE_NS, 30 * SECOND_NS);
        table.stage(IndexRules.DEVIATION, 50_000);
        table.stage(IndexRules.JUMP, 200_000);
        table.stage(IndexRules.JUMP_PERSIST_NS, 3 * SECOND_NS);
        table.stage(IndexRules.REQUIRED_SOURCES, required);
        final int[] all = new int[IndexRules.SOURCES];
        for (int source = 0; source < all.length; source++) {
            all[source] = weights.length == 0 ? 1 : source < weights.length ? weights[source] : 0;
        }
        rules.stageWeights(all);
        table.adopt(instrument, 1);
        return this;
    }

    RuledWorld mark(final int rule, final int stepPpm) {
        final RuleTable table = ledger.rules().mark().table();
        table.stage(MarkRules.RULE, rule);
        table.stage(MarkRules.STEP, stepPpm);
        table.stage(MarkRules.LAST_TRADE_NS, 60 * SECOND_NS);
        table.stage(MarkRules.BASIS_TAU_MS, 150_000);
        table.stage(MarkRules.INDEX_TAU_MS, 3_600_000);
        table.adopt(instrument, 1);
        return this;
    }

    RuledWorld closed(final int rule) {
        final RuleTable table = ledger.rules().closed().table();
        table.stage(ClosedRules.RULE, rule);
        table.stage(ClosedRules.IMPACT_NOTIONAL, 1);
        table.stage(ClosedRules.INTERNAL_TAU_MS, 3_600_000);
        table.stage(ClosedRules.BOUND, 0);
        table.stage(ClosedRules.INITIAL_MARGIN_SCALE, 2_000_000);
        table.stage(ClosedRules.RAMP_NS, 3_600 * SECOND_NS);
        table.stage(ClosedRules.OVERNIGHT_LIMIT, 500_000);
        table.stage(ClosedRules.WEEKEND_LIMIT, 100_000);
        table.stage(ClosedRules.FUNDING, 500_000);
        table.stage(ClosedRules.FEED_SILENT_NS, 30 * SECOND_NS);
        table.stage(ClosedRules.REANCHORS, 2);
        table.adopt(instrument, 1);
        return this;
    }

    void tick(final int source, final long ticks) {
        marks.tick(instrument, source, ticks, nowNs);
    }

    /** Three sources agree. */
    void agree(final long ticks) {
        for (int source = 0; source < 3; source++) {
            tick(source, ticks);
        }
    }

    boolean clock() {
        nowNs += TICK_NS;
        return marks.clock(instrument, nowNs);
    }

    void pass(final long seconds) {
        for (long tick = 0; tick < 10 * seconds; tick++) {
            clock();
        }
    }

    void transition(final int session, final int next, final long inSeconds) {
        marks.transition(instrument, session, next, next == 0 ? 0 : nowNs + inSeconds * SECOND_NS, nowNs);
    }

    void book(final long bidTicks, final long askTicks) {
        bid = bidTicks;
        ask = askTicks;
        marks.bookChanged(instrument, nowNs);
    }

    void trade(final long ticks) {
        last = ticks;
        lastNs = nowNs;
        marks.bookChanged(instrument, nowNs);
    }

    long index() {
        return marks.indexTicks(instrument);
    }

    long mark() {
        return marks.markTicks(instrument);
    }

    boolean isValid() {
        return marks.isValid(instrument);
    }

    @Override
    public long bestBidTicks(final int which) {
        return bid;
    }

    @Override
    public long bestAskTicks(final int which) {
        return ask;
    }

    @Override
    public long lastTradeTicks(final int which) {
        return last;
    }

    @Override
    public long lastTradeNs(final int which) {
        return lastNs;
    }

    @Override
    public long impactTicksQ16(final int which, final boolean bids, final long notionalQuanta) {
        return (bids ? impactBid : impactAsk) * Q16;
    }
}
