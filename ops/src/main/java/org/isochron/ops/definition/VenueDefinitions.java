package org.isochron.ops.definition;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.isochron.codecs.ContractKind;
import org.isochron.codecs.FundingRule;
import org.isochron.codecs.MarkRule;
import org.isochron.codecs.PowerExponent;
import org.isochron.codecs.Role;
import org.isochron.codecs.fixed.FixedPoint;
import org.isochron.ops.client.Contract;
import org.isochron.risk.ledger.Ledger;

/**
 * A venue for demonstrations: a dollar-like asset and a coin, perpetual swaps of several kinds, two firms, and the sessions
 * of nodes and traders. Session ids are those of the sample configuration.
 *
 * @param listings  instruments to list.
 * @param traders   sessions that trade, each with an account of the same number.
 * @param insurance what the insurance fund begins with, quanta of {@link #USD}; where it has anything, rules of liquidation
 *                  are set that show it at work in a short run.
 */
public record VenueDefinitions(List<Listing> listings, List<Trader> traders, long insurance) {
    /** The operator's session, there from the first command on. */
    public static final int OPERATOR = 1;

    public static final int MATCHER_A = 11;
    public static final int MATCHER_B = 12;
    public static final int RISK = 21;

    /** First price publisher; the one of source n is n further. */
    public static final int FIRST_PUBLISHER = 31;

    /** Price sources of a demonstration. */
    public static final int SOURCES = 2;

    public static final int DROP_COPY = 91;
    public static final int FIRST_MAKER = 101;
    public static final int FIRST_TAKER = 201;
    public static final int FIRST_MASS_QUOTER = 301;
    public static final int FIRST_MIXED = 401;
    public static final int FIRST_LEVERAGED = 501;

    /** Most makers: the ids of the takers begin behind them. */
    public static final int MAX_MAKERS = FIRST_TAKER - FIRST_MAKER;

    /** Of a demonstration, whatever its makers and takers. */
    public static final int MASS_QUOTERS = 2;

    /** Traders of a demonstration that use every kind of order. */
    public static final int MIXED_TRADERS = 2;

    /** Traders who take more risk than they can bear, for a demonstration of what happens to them. */
    public static final int LEVERAGED_TRADERS = 24;

    /** Makers that share the depth of a capture. */
    public static final int FEED_MAKERS = 8;

    public static final int USD = 1;
    public static final int USD_SCALE = 6;
    public static final int COIN = 2;
    public static final int COIN_SCALE = 8;
    public static final int MAKER_FIRM = 1;
    public static final int TAKER_FIRM = 2;

    private static final long E9 = 1_000_000_000L;
    private static final long QUANTA_PER_USD = 1_000_000L;
    private static final long QUANTA_PER_COIN = 100_000_000L;

    /**
     * An instrument to list.
     *
     * @param kind             how what it is worth follows its price, and in which asset.
     * @param maxPositionLots  largest position together with all orders of one side.
     * @param firstPriceE9     where prices of the underlying begin, used by simulated publishers only.
     * @param maxOpenOrders    open orders an account may have in it.
     * @param rules            what holds trading together.
     * @param funding          what longs and shorts pay each other.
     */
    public record Listing(
            Contract contract,
            Kind kind,
            long maxPositionLots,
            long firstPriceE9,
            int maxOpenOrders,
            MarketRules rules,
            Funding funding) {
        public static final int INITIAL_MARGIN_PPM = 50_000;
        public static final int MAINTENANCE_MARGIN_PPM = 25_000;
        public static final int MAKER_FEE_PPM = -10;
        public static final int TAKER_FEE_PPM = 50;
        public static final int LIQUIDATION_FEE_PPM = 5_000;

        /** What a lot of a linear contract is worth where prices begin, quanta of {@link #USD}. */
        public long quantaPerLot() {
            return FixedPoint.mulDivFloor(firstPriceE9, contract.lotE9() * QUANTA_PER_USD, E9 * E9);
        }

        /** Step of the underlying's price at simulated publishers. */
        public long sourceTickE9() {
            return kind.contract == ContractKind.POWER ? E9 / 100 : contract.tickE9();
        }
    }

    /**
     * Kind of a contract.
     *
     * @param exponent      of a power contract, else NULL_VAL.
     * @param normE9        price of the underlying at which a power contract's is 1, else ignored.
     * @param settleAssetId {@link #USD} or {@link #COIN}.
     */
    public record Kind(ContractKind contract, PowerExponent exponent, long normE9, int settleAssetId) {
        static final Kind LINEAR = new Kind(ContractKind.LINEAR, PowerExponent.NULL_VAL, 0, USD);
        static final Kind INVERSE = new Kind(ContractKind.INVERSE, PowerExponent.NULL_VAL, 0, COIN);
        /** On the square of a ten thousandth of the price. */
        static final Kind SQUARED = new Kind(ContractKind.POWER, PowerExponent.TWO, 10_000 * E9, USD);
    }

    /**
     * What holds trading in an instrument together.
     *
     * @param marketProtectionPpm how far from the mark a market order without a price may trade, 1 or more.
     * @param bandPpm             how far from the mark limit prices may be, 0 for no band.
     * @param collarPpm           how far from its reference an auction price may be, 0 for no collar.
     * @param takerDelayUs        how long an order that would take liquidity waits.
     * @param mark                how the mark is made.
     */
    public record MarketRules(int marketProtectionPpm, int bandPpm, int collarPpm, int takerDelayUs, MarkRule mark) {
        /** The mark is the index. */
        static final MarketRules PLAIN = new MarketRules(5_000, 0, 0, 0, MarkRule.ORACLE);
        /** The mark follows index and book. */
        static final MarketRules MARKED = new MarketRules(5_000, 0, 0, 0, MarkRule.MEDIAN_OF_THREE);
        /** A price band of two in a hundred, half as wide a collar, and a millisecond's delay. */
        static final MarketRules HELD = new MarketRules(5_000, 20_000, 10_000, 1_000, MarkRule.MEDIAN_OF_THREE);
    }

    /**
     * How an instrument funds: every few seconds, so that a short run has something to show and to audit.
     *
     * @param periodMs     time between two samples or steps.
     * @param capE9        largest rate of an interval, of an hour under PI.
     * @param impactQuanta what impact prices are walked for.
     */
    public record Funding(FundingRule rule, long periodMs, long capE9, long impactQuanta) {
        static final long INTERVAL_MS = 5_000;

        static final Funding NONE = new Funding(FundingRule.NONE, INTERVAL_MS, 1, 0);
        static final Funding PREMIUM = new Funding(FundingRule.PREMIUM_HOURLY, 500, 5_000, 2_000 * QUANTA_PER_USD);
        static final Funding PREMIUM_IN_COIN = new Funding(FundingRule.PREMIUM_HOURLY, 500, 300, QUANTA_PER_COIN / 20);
        static final Funding AHEAD = new Funding(FundingRule.BITMEX_8H, 500, 5_000, 2_000 * QUANTA_PER_USD);
        static final Funding CONTINUOUS = new Funding(FundingRule.CONTINUOUS, 1_000, 1, 0);
        static final Funding CONTROLLED = new Funding(FundingRule.PI, INTERVAL_MS, 5_000_000, 0);
    }

    /** How a simulated trader trades. */
    public enum Style {
        QUOTER,
        TAKER,
        MASS_QUOTER,
        MIXED,
        /** Builds up a position many times its deposit, and keeps it. */
        LEVERAGED
    }

    /**
     * A session that trades.
     *
     * @param dollars first deposit, quanta of {@link #USD}.
     * @param coins   first deposit, quanta of {@link #COIN}; 0 for none.
     */
    public record Trader(int sessionId, Style style, long dollars, long coins) {
        /** Those who quote are of one firm, the others of another. */
        public int firmId() {
            return style == Style.QUOTER || style == Style.MASS_QUOTER ? MAKER_FIRM : TAKER_FIRM;
        }

        public int accountId() {
            return sessionId;
        }
    }

    public VenueDefinitions {
        listings = List.copyOf(listings);
        traders = List.copyOf(traders);
    }

    /**
     * BTC, ETH and TSLA, a BTC contract settled in coin and one on ETH squared; makers, takers, mass quoters and mixed
     * traders with ten million dollars and a hundred coins each.
     */
    public static VenueDefinitions demo(final int makers, final int takers) {
        if (makers < 1 || makers > MAX_MAKERS || takers < 1 || takers > MAX_MAKERS) {
            throw new IllegalArgumentException("makers and takers are " + makers + " and " + takers + ", 1 to "
                    + MAX_MAKERS + " each is possible");
        }
        final long dollars = 10_000_000L * QUANTA_PER_USD;
        final long coins = 100L * QUANTA_PER_COIN;
        final List<Trader> traders = quotersAndTakers(makers, takers, dollars, coins);
        traders.addAll(traders(Style.MASS_QUOTER, FIRST_MASS_QUOTER, MASS_QUOTERS, dollars, coins));
        traders.addAll(traders(Style.MIXED, FIRST_MIXED, MIXED_TRADERS, dollars, coins));
        return new VenueDefinitions(
                List.of(
                        listing(
                                contract(1, "BTC-PERP", E9 / 10, E9 / 1_000, 1_000_000),
                                Kind.LINEAR,
                                60_000,
                                MarketRules.PLAIN,
                                Funding.PREMIUM),
                        listing(
                                contract(2, "ETH-PERP", E9 / 100, E9 / 100, 100_000),
                                Kind.LINEAR,
                                2_600,
                                MarketRules.PLAIN,
                                Funding.AHEAD),
                        listing(
                                contract(4, "BTC-INVERSE", E9 / 2, 100 * E9, 100_000),
                                Kind.INVERSE,
                                60_000,
                                MarketRules.PLAIN,
                                Funding.PREMIUM_IN_COIN),
                        listing(
                                contract(5, "ETH-SQUARED", E9 / 100_000, 1_000 * E9, 10),
                                Kind.SQUARED,
                                2_600,
                                MarketRules.MARKED,
                                Funding.CONTINUOUS),
                        listing(
                                contract(3, "TSLA-PERP", E9 / 100, E9 / 100, 100_000),
                                Kind.LINEAR,
                                200,
                                MarketRules.HELD,
                                Funding.CONTROLLED)),
                traders,
                0);
    }

    /**
     * The same with traders who hold many times what they have, from two thousand dollars up, and a fund of ten thousand:
     * for a market that falls by more than they can bear.
     */
    public static VenueDefinitions crash(final int makers, final int takers) {
        final VenueDefinitions calm = demo(makers, takers);
        final List<Trader> traders = new ArrayList<>(calm.traders());
        for (int number = 0; number < LEVERAGED_TRADERS; number++) {
            final long dollars = (2_000L + 500 * number) * QUANTA_PER_USD;
            traders.add(new Trader(FIRST_LEVERAGED + number, Style.LEVERAGED, dollars, 0));
        }
        return new VenueDefinitions(calm.listings(), traders, 10_000 * QUANTA_PER_USD);
    }

    /**
     * One instrument that follows a capture: {@link #FEED_MAKERS} makers for its depth, one taker for its trades. They stand
     * for a whole market, so their means and limits are large.
     */
    public static VenueDefinitions feed(final Contract contract) {
        final long deposit = 10_000_000_000L * QUANTA_PER_USD;
        return new VenueDefinitions(
                List.of(new Listing(contract, Kind.LINEAR, 100_000_000L, 0, 20_000, MarketRules.PLAIN, Funding.NONE)),
                quotersAndTakers(FEED_MAKERS, 1, deposit, 0),
                0);
    }

    private static Contract contract(
            final int instrumentId, final String symbol, final long tickE9, final long lotE9, final long maxPrice) {
        return new Contract(instrumentId, symbol, tickE9, lotE9, maxPrice * E9, 1_000_000L);
    }

    private static Listing listing(
            final Contract contract,
            final Kind kind,
            final long firstPrice,
            final MarketRules rules,
            final Funding funding) {
        return new Listing(contract, kind, 10_000_000L, firstPrice * E9, 1_000, rules, funding);
    }

    private static List<Trader> traders(
            final Style style, final int first, final int count, final long dollars, final long coins) {
        return IntStream.range(first, first + count)
                .mapToObj(sessionId -> new Trader(sessionId, style, dollars, coins))
                .toList();
    }

    private static List<Trader> quotersAndTakers(
            final int makers, final int takers, final long dollars, final long coins) {
        final List<Trader> traders = new ArrayList<>(traders(Style.QUOTER, FIRST_MAKER, makers, dollars, coins));
        traders.addAll(traders(Style.TAKER, FIRST_TAKER, takers, dollars, coins));
        return traders;
    }

    /** Sessions that log on, the operator's included: each needs a secret. */
    public List<Integer> sessionIds() {
        final List<Integer> ids = new ArrayList<>(List.of(OPERATOR, MATCHER_A, MATCHER_B, RISK, DROP_COPY));
        for (int source = 0; source < SOURCES; source++) {
            ids.add(FIRST_PUBLISHER + source);
        }
        traders.forEach(trader -> ids.add(trader.sessionId()));
        return List.copyOf(ids);
    }

    /** The commands, in the order in which they can be accepted. */
    List<Definition> commands() {
        final List<Definition> commands = new ArrayList<>();
        commands.add(Definition.asset(USD, "USD", USD_SCALE));
        commands.add(Definition.asset(COIN, "BTC", COIN_SCALE));
        listings.forEach(listing -> {
            commands.add(Definition.instrument(listing));
            if (listing.rules().mark() != MarkRule.ORACLE) {
                commands.add(Definition.markRules(listing));
            }
            if (listing.funding().rule() != FundingRule.NONE) {
                commands.add(Definition.funding(listing));
            }
            if (insurance != 0) {
                commands.add(Definition.liquidation(listing));
            }
        });
        if (insurance != 0) {
            commands.add(Definition.deposit(Ledger.INSURANCE_ID, USD, insurance));
        }
        commands.add(Definition.firm(MAKER_FIRM, "MAKERS"));
        commands.add(Definition.firm(TAKER_FIRM, "TAKERS"));
        commands.add(Definition.nodeSession(MATCHER_A, Role.REPLICA));
        commands.add(Definition.nodeSession(MATCHER_B, Role.REPLICA));
        commands.add(Definition.nodeSession(RISK, Role.RISK));
        for (int source = 0; source < SOURCES; source++) {
            commands.add(Definition.publisherSession(FIRST_PUBLISHER + source, 1L << source));
        }
        traders.forEach(trader -> {
            commands.add(Definition.account(trader.accountId(), trader.firmId()));
            commands.add(Definition.firmSession(trader.sessionId(), Role.MAKER, trader.firmId(), trader.accountId()));
            commands.add(Definition.deposit(trader.accountId(), USD, trader.dollars()));
            if (trader.coins() != 0) {
                commands.add(Definition.deposit(trader.accountId(), COIN, trader.coins()));
            }
        });
        commands.add(Definition.firmSession(
                DROP_COPY, Role.DROP_COPY, MAKER_FIRM, traders.get(0).accountId()));
        return commands;
    }
}
