package org.isochron.risk.ledger;

import org.isochron.risk.margin.Margin;
import org.isochron.risk.marks.BookPrices;
import org.isochron.risk.marks.Marks;
import org.isochron.risk.rules.MarginRules;
import org.isochron.risk.state.Capacities;

/** A ledger and marks with one asset and as many instruments as wanted, K = 1, for arithmetic by hand. */
public final class RiskWorld {
    public static final int ASSET = 0;
    public static final long STALE_NS = 1_000;

    public final Ledger ledger = new Ledger(Capacities.GENESIS);
    public final Marks marks = new Marks(ledger, BookPrices.NONE, Capacities.GENESIS.instruments());
    public final ListedOrders orders = new ListedOrders(ledger);
    public final Margin margin = new Margin(ledger, marks, orders);

    public RiskWorld() {
        ledger.assets().define(1, 0x445355, 0, 6);
    }

    public int account(final long id, final long cash) {
        final int account = ledger.accountCount();
        ledger.defineAccount(id, Ledger.NO_FIRM);
        if (cash != 0) {
            ledger.deposit(ledger.crossBucket(account, ASSET), cash);
        }
        return account;
    }

    /** Maintenance is half of initial; the mark is set at once. */
    public int instrument(final long id, final int initialPpm, final int takerPpm, final long markTicks) {
        final InstrumentTerms terms = new InstrumentTerms();
        terms.id = id;
        terms.symbolHead = id;
        terms.tickSize = 1;
        terms.lotSize = 1;
        terms.kind = Instruments.LINEAR;
        terms.factor = 1;
        terms.maxPriceTicks = 1_000_000;
        terms.maxOrderLots = 1_000_000;
        terms.maxPositionLots = 1_000_000;
        terms.initialMarginPpm = initialPpm;
        terms.maintenanceMarginPpm = initialPpm / 2;
        terms.takerFeePpm = takerPpm;
        terms.maxOpenOrders = 1_000;
        terms.indexStaleNs = STALE_NS;
        terms.requiredSources = 1;
        final int instrument = ledger.instruments().define(terms);
        marks.tick(instrument, 0, markTicks, 0);
        return instrument;
    }

    /** An inverse contract of 1,000,000 quanta a lot at a price of 1; the mark is set at once. */
    public int inverse(final long id, final long markTicks) {
        final InstrumentTerms terms = new InstrumentTerms();
        terms.id = id;
        terms.symbolHead = id;
        terms.tickSize = 1;
        terms.lotSize = 1;
        terms.kind = Instruments.INVERSE;
        terms.factor = -1_000_000;
        terms.maxPriceTicks = 1_000_000;
        terms.maxOrderLots = 1_000_000;
        terms.maxPositionLots = 1_000_000;
        terms.initialMarginPpm = 100_000;
        terms.maintenanceMarginPpm = 50_000;
        terms.maxOpenOrders = 1_000;
        terms.indexStaleNs = STALE_NS;
        terms.requiredSources = 1;
        final int instrument = ledger.instruments().define(terms);
        marks.tick(instrument, 0, markTicks, 0);
        return instrument;
    }

    /** Gives an account a position at a price, another account the other side. */
    public int hold(
            final int account, final int counterparty, final int instrument, final long lots, final long ticks) {
        final int position = ledger.position(account, instrument);
        final int other = ledger.position(counterparty, instrument);
        ledger.trade(position, other, lots, lots * ticks);
        return position;
    }

    /** Rules of margin in force at once: floor, initial and maintenance ppm of each tier. */
    public void tiers(final int instrument, final long lower, final long upper, final long[]... tiers) {
        final MarginRules rules = ledger.rules().margins();
        rules.table().stage(MarginRules.TIERS, tiers.length);
        rules.table().stage(MarginRules.OPEN_INTEREST_LOWER, lower);
        rules.table().stage(MarginRules.OPEN_INTEREST_UPPER, upper);
        for (int tier = 0; tier < MarginRules.MAX_TIERS; tier++) {
            final long[] row = tier < tiers.length ? tiers[tier] : new long[3];
            rules.stageTier(tier, row[0], row[1], row[2]);
        }
        rules.table().adopt(instrument, 1);
        ledger.instruments().adoptMargins(instrument, tiers[0][1], tiers[0][2]);
        marks.rulesChanged(instrument);
    }
}
