package org.isochron.matcher.money;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.isochron.matcher.venue.Inspection;
import org.isochron.matcher.venue.Venue;
import org.isochron.risk.ledger.Collaterals;
import org.isochron.risk.ledger.Instruments;
import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.ledger.Positions;
import org.isochron.risk.margin.Margin;

/**
 * Equity and requirements of every bucket from the rules alone (rulebook 2, 6 and 7), in numbers without bounds, from
 * positions and orders one by one; compared with what the venue's own margin keeps as running totals.
 */
final class NaiveMargin {
    private static final BigInteger MILLION = BigInteger.valueOf(1_000_000);

    private final Venue venue;
    private final Ledger ledger;
    private final Instruments instruments;
    private final Positions positions;

    /** What one bucket has and must have. */
    private static final class Figures {
        BigInteger equity = BigInteger.ZERO;
        BigInteger maintenance = BigInteger.ZERO;
        BigInteger requirement = BigInteger.ZERO;
        BigInteger closingFee = BigInteger.ZERO;
    }

    NaiveMargin(final Venue venue) {
        this.venue = venue;
        ledger = venue.ledger();
        instruments = ledger.instruments();
        positions = ledger.positions();
    }

    /** Compares every bucket that has anything in it. */
    void checkAll() {
        final Map<Integer, Map<Long, List<Inspection.Order>>> orders = ordersByInstrument();
        final Map<Integer, Figures> buckets = new TreeMap<>();
        for (int account = 0; account < ledger.accountCount(); account++) {
            for (int asset = 0; asset < ledger.assets().count(); asset++) {
                figures(buckets, ledger.crossBucket(account, asset));
            }
            for (int at = ledger.firstPosition(account); at >= 0; at = positions.nextOfAccount(at)) {
                final List<Inspection.Order> own =
                        orders.get(positions.instrument(at)).getOrDefault(ledger.accountId(account), List.of());
                add(figures(buckets, ledger.bucketOf(at)), at, own);
            }
        }
        buckets.forEach(this::compare);
    }

    private Figures figures(final Map<Integer, Figures> buckets, final int bucket) {
        return buckets.computeIfAbsent(bucket, key -> {
            final Figures figures = new Figures();
            figures.equity = BigInteger.valueOf(ledger.cash(key)).add(credit(key));
            return figures;
        });
    }

    /** {@code floor(min(balance, cap) * index * (1e6 - haircut))}, scales divided out; none in an isolated bucket. */
    private BigInteger credit(final int bucket) {
        BigInteger sum = BigInteger.ZERO;
        if (ledger.isIsolated(bucket)) {
            return sum;
        }
        final Collaterals collaterals = ledger.collaterals();
        for (int pledge = 0; pledge < collaterals.pledgeCount(); pledge++) {
            final int definition = collaterals.definition(pledge);
            final int settle = collaterals.settleAsset(definition);
            if (collaterals.account(pledge) == ledger.bucketAccount(bucket) && settle == ledger.bucketAsset(bucket)) {
                final int instrument = collaterals.instrument(definition);
                final long balance = Math.min(
                        collaterals.balance(pledge),
                        MoneyMarket.capOf(ledger.assets().id(settle)));
                final BigInteger worth = big(balance)
                        .multiply(big(venue.marks().indexTicks(instrument)))
                        .multiply(big(instruments.tickSize(instrument)))
                        .multiply(big(1_000_000 - collaterals.haircutPpm(definition)))
                        .multiply(BigInteger.TEN.pow(ledger.assets().scale(settle)));
                final int decimals = ledger.assets().scale(collaterals.asset(definition)) + 15;
                sum = sum.add(worth.divide(BigInteger.TEN.pow(decimals)));
            }
        }
        return sum;
    }

    private Map<Integer, Map<Long, List<Inspection.Order>>> ordersByInstrument() {
        final Map<Integer, Map<Long, List<Inspection.Order>>> all = new TreeMap<>();
        for (int instrument = 0; instrument < instruments.count(); instrument++) {
            final Map<Long, List<Inspection.Order>> byAccount = new TreeMap<>();
            for (final Inspection.Order order : venue.inspection().orders(instruments.id(instrument))) {
                if (order.holdsMargin()) {
                    byAccount
                            .computeIfAbsent(order.accountId(), account -> new ArrayList<>())
                            .add(order);
                }
            }
            all.put(instrument, byAccount);
        }
        return all;
    }

    private void add(final Figures figures, final int at, final List<Inspection.Order> orders) {
        final int instrument = positions.instrument(at);
        final NaiveContract contract = new NaiveContract(ledger, instrument);
        final long lots = positions.lots(at);
        final long mark = venue.marks().markTicks(instrument);
        final BigInteger value = contract.value(lots, mark);
        figures.equity = figures.equity.add(value).add(funding(at));
        figures.maintenance = figures.maintenance.add(new NaiveRates(venue, instrument).maintenance(lots, value.abs()));
        figures.closingFee = figures.closingFee.add(ceilPpm(value.abs(), instruments.takerFeePpm(instrument)));
        figures.requirement = figures.requirement.add(requirement(contract, at, mark, orders));
    }

    /** {@code floor(-q * (F - f) / SCALE)}. */
    private BigInteger funding(final int at) {
        final BigInteger behind = BigInteger.valueOf(ledger.funding().index(positions.instrument(at)))
                .subtract(BigInteger.valueOf(positions.fundingIndex(at)));
        return BigInteger.valueOf(-positions.lots(at)).multiply(behind).shiftRight(20);
    }

    /** {@code max(IM(|q+B|) + loss of buys above M, IM(|q-S|) + loss of sells below M) + worst-side taker fee}. */
    private BigInteger requirement(
            final NaiveContract contract, final int at, final long mark, final List<Inspection.Order> orders) {
        long buys = 0;
        long sells = 0;
        BigInteger buyLoss = BigInteger.ZERO;
        BigInteger sellLoss = BigInteger.ZERO;
        BigInteger buySize = BigInteger.ZERO;
        BigInteger sellSize = BigInteger.ZERO;
        for (final Inspection.Order order : orders) {
            final long ticks = order.price() / instruments.tickSize(contract.instrument());
            final BigInteger loss =
                    contract.lossPerLot(order.buy(), ticks, mark).multiply(big(order.leaves()));
            final BigInteger size = contract.sizePerLot(order.buy(), ticks).multiply(big(order.leaves()));
            if (order.buy()) {
                buys += order.leaves();
                buyLoss = buyLoss.add(loss);
                buySize = buySize.add(size);
            } else {
                sells += order.leaves();
                sellLoss = sellLoss.add(loss);
                sellSize = sellSize.add(size);
            }
        }
        final long held = positions.lots(at);
        final BigInteger ifBought = initial(contract, at, held + buys, mark).add(buyLoss);
        final BigInteger ifSold = initial(contract, at, held - sells, mark).add(sellLoss);
        return ifBought.max(ifSold).add(ceilPpm(buySize.max(sellSize), instruments.takerFeePpm(contract.instrument())));
    }

    /** {@code max(notional / leverage, tier IM)}. */
    private BigInteger initial(final NaiveContract contract, final int at, final long lots, final long mark) {
        final BigInteger size = contract.value(lots, mark).abs();
        final BigInteger byRates = new NaiveRates(venue, contract.instrument()).initial(lots, size);
        final int leverage = positions.leverage(at);
        return leverage == 0
                ? byRates
                : byRates.max(size.add(big(leverage - 1L)).divide(big(leverage)));
    }

    private void compare(final int bucket, final Figures figures) {
        final Margin margin = venue.margin();
        margin.judge(bucket);
        require(bucket, "equity", figures.equity, margin.equity());
        require(bucket, "maintenance margin", figures.maintenance, margin.maintenance());
        require(bucket, "requirement", figures.requirement, margin.requirement());
        require(bucket, "closing fee", figures.closingFee, margin.closingFee());
        final boolean isUnderwater = figures.equity.subtract(figures.closingFee).compareTo(figures.maintenance) < 0;
        if (isUnderwater != margin.isUnderwater()) {
            throw new AssertionError(describe(bucket) + ": by the rules it is " + (isUnderwater ? "" : "not ")
                    + "below its maintenance margin");
        }
    }

    private void require(final int bucket, final String what, final BigInteger byTheRules, final long kept) {
        if (!byTheRules.equals(big(kept))) {
            throw new AssertionError(
                    describe(bucket) + ": " + what + " is " + kept + ", by the rules it is " + byTheRules);
        }
    }

    private String describe(final int bucket) {
        final int instrument = ledger.bucketInstrument(bucket);
        return "account " + ledger.accountId(ledger.bucketAccount(bucket)) + ", asset "
                + ledger.assets().id(ledger.bucketAsset(bucket))
                + (instrument == Ledger.CROSS ? "" : ", isolated in " + instruments.id(instrument));
    }

    static BigInteger ceilPpm(final BigInteger amount, final long ppm) {
        return amount.multiply(big(ppm)).add(MILLION).subtract(BigInteger.ONE).divide(MILLION);
    }

    static BigInteger big(final long value) {
        return BigInteger.valueOf(value);
    }
}
