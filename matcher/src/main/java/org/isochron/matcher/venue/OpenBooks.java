package org.isochron.matcher.venue;

import org.isochron.codecs.InsuranceFundEncoder;
import org.isochron.codecs.InsuranceReason;
import org.isochron.codecs.InsuranceStressEncoder;
import org.isochron.codecs.LiquidationPrintEncoder;
import org.isochron.codecs.LiquidationPrintKind;
import org.isochron.codecs.MessageHeaderEncoder;
import org.isochron.codecs.PublicStampEncoder;
import org.isochron.risk.ledger.Contracts;
import org.isochron.risk.ledger.Instruments;
import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.ledger.Positions;
import org.isochron.risk.liquidation.FundLimits;
import org.isochron.risk.marks.Marks;
import org.isochron.risk.state.Capacities;
import org.isochron.risk.state.StateOwner;
import org.isochron.risk.state.StateTable;
import org.isochron.risk.state.StateVisitor;

/**
 * What everybody may see of the insurance fund and of liquidations: every movement of the fund's cash with its reason, what
 * it would be worth if a mark moved, and each lot that a liquidation has closed. What was told last is state, part of the
 * noun BOOKS, so that a movement nobody has given a reason for still shows at the end of its command.
 */
final class OpenBooks implements StateOwner {
    /** Time between two looks at what an inventory could cost. */
    private static final long STRESS_INTERVAL_NS = 10_000_000_000L;

    /** No instrument: the movement is for none. */
    static final int NO_INSTRUMENT = -1;

    private final Ledger ledger;
    private final Instruments instruments;
    private final Contracts contracts;
    private final Positions positions;
    private final Marks marks;
    private final FundLimits limits;
    private final Counters counters;
    private final EventWriter events;
    /** By asset: cash of the fund told last. */
    private final StateTable toldCash;
    /** By instrument: 1 when an inventory was told last. */
    private final StateTable toldStress;

    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final InsuranceFundEncoder fund = new InsuranceFundEncoder();
    private final InsuranceStressEncoder stress = new InsuranceStressEncoder();
    private final LiquidationPrintEncoder print = new LiquidationPrintEncoder();

    OpenBooks(
            final Ledger ledger,
            final Marks marks,
            final FundLimits limits,
            final Counters counters,
            final EventWriter events) {
        this.ledger = ledger;
        this.marks = marks;
        this.limits = limits;
        this.counters = counters;
        this.events = events;
        instruments = ledger.instruments();
        contracts = ledger.contracts();
        positions = ledger.positions();
        toldCash = new StateTable("toldFundCash", ledger.capacities().assets(), 1);
        toldStress = new StateTable("toldFundStress", ledger.capacities().instruments(), 1);
    }

    /** Takes other capacities; only while nothing is defined. */
    void resize(final Capacities capacities) {
        toldCash.resize(capacities.assets());
        toldStress.resize(capacities.instruments());
    }

    /** The fund's cash in an asset may have moved: 1 event when it has. */
    void fundMoved(final int asset, final int instrument, final InsuranceReason reason) {
        final long change = cash(asset) - toldCash.get(asset, 0);
        if (change != 0) {
            tellFund(asset, instrument, reason, change);
        }
    }

    /** The fund's position in an instrument has changed: 1 event, also when that cost nothing. */
    void fundTraded(final int instrument, final InsuranceReason reason) {
        final int asset = instruments.asset(instrument);
        tellFund(asset, instrument, reason, cash(asset) - toldCash.get(asset, 0));
    }

    private void tellFund(final int asset, final int instrument, final InsuranceReason reason, final long change) {
        toldCash.set(asset, 0, cash(asset));
        final int offset = events.claimPublic(InsuranceFundEncoder.BLOCK_LENGTH, idOf(instrument));
        fund.wrapAndApplyHeader(events.buffer(), offset, header)
                .change(change)
                .balance(cash(asset))
                .position(instrument == NO_INSTRUMENT ? 0 : fundLots(instrument))
                .assetId(ledger.assets().id(asset))
                .reason(reason);
    }

    private long idOf(final int instrument) {
        return instrument == NO_INSTRUMENT ? PublicStampEncoder.instrumentIdNullValue() : instruments.id(instrument);
    }

    private long cash(final int asset) {
        return ledger.cash(ledger.crossBucket(Ledger.INSURANCE, asset));
    }

    private long fundLots(final int instrument) {
        final int position = positions.find(Ledger.INSURANCE, instrument);
        return position < 0 ? 0 : positions.lots(position);
    }

    /** Lots of a liquidation that went one way, or of the fund's inventory that went to the book. */
    void print(
            final int instrument,
            final LiquidationPrintKind kind,
            final boolean buy,
            final long lots,
            final long cash) {
        final int offset = events.claimPublic(LiquidationPrintEncoder.BLOCK_LENGTH, instruments.id(instrument));
        print.wrapAndApplyHeader(events.buffer(), offset, header)
                .quantity(lots)
                .cash(Math.abs(cash))
                .markPrice(marks.markTicks(instrument) * instruments.tickSize(instrument))
                .side(Reports.side(buy))
                .kind(kind)
                .assetId(ledger.assets().id(instruments.asset(instrument)));
    }

    /** Most events a clock tick can cause. */
    int tickEvents() {
        return instruments.count();
    }

    /** A clock tick: about every ten seconds, in turns, what the fund's inventory in each instrument could cost. */
    void onTick(final long tickTimeNs) {
        for (int instrument = 0; instrument < instruments.count(); instrument++) {
            final long turnNs = instrument * 100_000_000L % STRESS_INTERVAL_NS;
            if (tickTimeNs % STRESS_INTERVAL_NS == turnNs) {
                lookAt(instrument);
            }
        }
    }

    private void lookAt(final int instrument) {
        final long lots = fundLots(instrument);
        if (lots != 0 || toldStress.get(instrument, 0) != 0) {
            toldStress.set(instrument, 0, lots == 0 ? 0 : 1);
            tellStress(instrument, lots);
        }
    }

    private void tellStress(final int instrument, final long lots) {
        final int asset = instruments.asset(instrument);
        final long equity = limits.equity(asset);
        final long mark = marks.markTicks(instrument);
        final long rest = equity - contracts.cash(instrument, mark, lots);
        final int offset = events.claimPublic(InsuranceStressEncoder.BLOCK_LENGTH, instruments.id(instrument));
        stress.wrapAndApplyHeader(events.buffer(), offset, header)
                .equity(equity)
                .drawn(limits.drawn(instrument, counters.nowNs()))
                .position(lots)
                .markPrice(mark * instruments.tickSize(instrument))
                .equityDown30(rest + worth(instrument, lots, mark, 70))
                .equityDown20(rest + worth(instrument, lots, mark, 80))
                .equityDown10(rest + worth(instrument, lots, mark, 90))
                .equityDown5(rest + worth(instrument, lots, mark, 95))
                .equityUp5(rest + worth(instrument, lots, mark, 105))
                .equityUp10(rest + worth(instrument, lots, mark, 110))
                .equityUp20(rest + worth(instrument, lots, mark, 120))
                .equityUp30(rest + worth(instrument, lots, mark, 130))
                .assetId(ledger.assets().id(asset));
    }

    /** Value of lots at a share of the mark, in whole ticks: at least one, at most the largest price. */
    private long worth(final int instrument, final long lots, final long mark, final int percent) {
        if (mark == 0) {
            return 0;
        }
        final long ticks = mark / 100 * percent + mark % 100 * percent / 100;
        return contracts.cash(instrument, Math.max(1, Math.min(ticks, instruments.maxPriceTicks(instrument))), lots);
    }

    @Override
    public void visit(final StateVisitor visitor) {
        visitor.part(toldCash);
        visitor.part(toldStress);
    }
}
