package org.isochron.matcher.money;

import java.util.ArrayList;
import java.util.List;
import org.isochron.codecs.fixed.FixedPoint;

/** The venue a money storm rages in: 200 accounts in ten firms, 20 instruments of all kinds, two settlement assets. */
final class MoneyMarket {
    static final int FIRMS = 10;
    static final int ACCOUNTS_PER_FIRM = 20;
    static final long OPERATOR = 1;
    static final long PUBLISHER = 2;
    static final long RISK = 3;
    static final long FIRST_MAKER = 10;
    static final long USD = 1;
    static final long BTC = 2;
    static final long LONGEST_LIQUIDATION_MS = 30_000;

    /**
     * @param price of the underlying that the sources start at, 1e-9.
     * @param terms of the definition beside what all have in common.
     */
    record Listing(long id, long asset, long price, String terms) {
        boolean isInverse() {
            return terms.contains("INVERSE");
        }
    }

    static final List<Listing> LISTINGS = listings();

    private MoneyMarket() {}

    /** Largest balance that counts as collateral for an asset, quanta. */
    static long capOf(final long settleAssetId) {
        return settleAssetId == USD ? 10_000_000 : 5_000_000_000L;
    }

    static long accountId(final int number) {
        return 100 + number;
    }

    static int firmOf(final int number) {
        return number / ACCOUNTS_PER_FIRM;
    }

    static long sessionOf(final int number) {
        return FIRST_MAKER + firmOf(number);
    }

    private static List<Listing> listings() {
        final List<Listing> all = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            add(all, USD, "100", "LINEAR", sizes("0.01", "1", "1000", 2_000));
        }
        // A lot of 100 dollars: a hundredth of a coin at 10,000.
        for (int i = 0; i < 3; i++) {
            add(all, BTC, "10000", "INVERSE", sizes("0.5", "100", "100000", 2_000));
        }
        // A lot gains a millionth of a coin for each dollar.
        for (int i = 0; i < 3; i++) {
            add(all, BTC, "3000", "QUANTO", sizes("0.05", "0.000001", "30000", 2_000));
        }
        add(all, USD, "50", "POWER", sizes("0.0001", "100", "10", 2_000) + "exponent:'ZERO',");
        add(all, USD, "10000", "POWER", sizes("0.01", "1", "1000", 2_000) + "exponent:'HALF',");
        add(all, USD, "3000", "POWER", sizes("0.00001", "1000", "2", 2_000) + "exponent:'TWO',norm:'10000',");
        add(all, BTC, "3000", "POWER", sizes("0.00001", "0.1", "2", 2_000) + "exponent:'TWO',norm:'10000',");
        add(all, USD, "3000", "POWER", sizes("0.001", "4", "2000", 2_000) + "exponent:'THREE',norm:'1000',");
        add(all, BTC, "0.05", "LINEAR", sizes("0.00001", "0.1", "1", 2_000));
        return all;
    }

    private static void add(
            final List<Listing> all, final long asset, final String price, final String kind, final String sizes) {
        final long id = all.size() + 1;
        all.add(new Listing(id, asset, FixedPoint.parse(price, 9), "kind:'" + kind + "'," + sizes + fees(id)));
    }

    private static String sizes(final String tick, final String lot, final String maxPrice, final long maxPosition) {
        return "tickSize:'" + tick + "',lotSize:'" + lot + "',maxPrice:'" + maxPrice + "',maxPositionQuantity:'"
                + maxPosition + "',";
    }

    /** Some pay their makers, some charge them. */
    private static String fees(final long id) {
        return "makerFeePpm:" + (id % 3 - 1) * 20 + ",takerFeePpm:" + (20 + id % 4 * 60) + ",liquidationFeePpm:"
                + id % 5 * 1_000;
    }

    /** Every rule of funding and of the mark, on contracts of every kind; intervals short enough to see them at work. */
    private static List<String> rules() {
        final List<String> rules = new ArrayList<>();
        funding(rules, "PREMIUM_HOURLY", "intervalMs:3000,samplePeriodMs:300,capRate:'0.000002'", 1, 9, 12, 16);
        funding(rules, "BITMEX_8H", "intervalMs:6000,samplePeriodMs:500,capRate:'0.000002'", 2, 10, 13);
        funding(rules, "CONTINUOUS", "termMs:60000000", 3);
        funding(rules, "CONTINUOUS", "termMs:200000000", 17);
        funding(rules, "PI", "samplePeriodMs:1000,capRate:'0.000002'", 4, 11, 14, 18, 19);
        funding(rules, "AUCTION", "intervalMs:10000,samplePeriodMs:1000,windowMs:4000,capRate:'0.000002'", 5, 20);
        for (final int id : new int[] {1, 9, 12, 17, 20}) {
            rules.add("IndexRules:{instrumentId:" + id + ",requiredSources:2,sources:[]}");
            rules.add("MarkRules:{instrumentId:" + id + ",rule:'MEDIAN_OF_THREE'}");
        }
        rules.add("MarkRules:{instrumentId:2,rule:'FAIR_BASIS'}");
        rules.add("MarkRules:{instrumentId:3,rule:'LAST_TRADE',stepPpm:50000}");
        rules.add("MarkRules:{instrumentId:18,rule:'ORACLE',stepPpm:5000}");
        rules.add("MarginTierSet:{instrumentId:1,tiers:[{floor:'0',maxLeverage:20},{floor:'3000',maxLeverage:10},"
                + "{floor:'20000',maxLeverage:3}]}");
        rules.add("MarginTierSet:{instrumentId:6,openInterestLower:'50000',openInterestUpper:'400000',"
                + "tiers:[{floor:'0',initialMarginPpm:50000,maintenanceMarginPpm:20000},"
                + "{floor:'5000',initialMarginPpm:120000}]}");
        rules.add("MarginTierSet:{instrumentId:9,tiers:[{floor:'0',maxLeverage:50},{floor:'0.2',maxLeverage:5}]}");
        rules.add("MarginTierSet:{instrumentId:17,tiers:[{floor:'0',maxLeverage:20},{floor:'4000',maxLeverage:8}]}");
        closed(rules, "INTERNAL_EMA", 6, 10);
        closed(rules, "FREEZE", 7);
        closed(rules, "HALT", 8);
        return rules;
    }

    private static void funding(final List<String> rules, final String rule, final String terms, final int... ids) {
        for (final int id : ids) {
            rules.add("FundingRules:{instrumentId:" + id + ",rule:'" + rule + "',impactNotional:'"
                    + (LISTINGS.get(id - 1).asset == USD ? "500" : "0.05") + "'," + terms + "}");
        }
    }

    /**
     * Rules under which accounts fail in every way: rounds and windows short enough to see them end, a fund that reaches its
     * limits, every ranking on contracts of every kind.
     */
    static List<String> failureRules() {
        final String[] rankings = {"PNL_LEVERAGE", "HYPERLIQUID", "PRO_RATA", "SEEDED_RANDOM", "NONE"};
        final List<String> rules = new ArrayList<>();
        for (final Listing listing : LISTINGS) {
            final long id = listing.id;
            // Everybody's market is settled now and then, but not each time: one ranking in ten is NONE.
            final String ranking = rankings[(int) (id % 5 == 4 && id != 4 ? 0 : id % 5)];
            rules.add("LiquidationRules:{instrumentId:" + id + ",wholeNotional:'"
                    + (listing.asset == USD ? "300" : "0.03") + "',tranchePpm:" + 100_000 * (1 + id % 5)
                    + ",retryMs:" + 200 * (1 + id % 3) + ",wholeAfterMs:" + LONGEST_LIQUIDATION_MS / (1 + id % 4)
                    + ",stressPpm:" + 50_000 * (id % 6) + ",drawWindowMs:20000,unwindSlipPpm:" + 1_000 * (id % 8)
                    + (id % 3 == 0 ? "" : ",drawCap:'" + (listing.asset == USD ? "2000" : "0.2") + "'")
                    + ",deleverageRule:'" + ranking + "'}");
        }
        return rules;
    }

    private static void closed(final List<String> rules, final String rule, final int... ids) {
        for (final int id : ids) {
            rules.add("ClosedRules:{instrumentId:" + id + ",rule:'" + rule
                    + "',rampMs:2000,feedSilentMs:5000,impactNotional:'"
                    + (LISTINGS.get(id - 1).asset == USD ? "500" : "0.05") + "'}");
        }
    }

    /** Commands of the operator, before anybody else is connected. */
    static List<String> definitions() {
        final List<String> commands = new ArrayList<>();
        commands.add("AssetDefine:{assetId:1,symbol:'USD',scale:6}");
        commands.add("AssetDefine:{assetId:2,symbol:'BTC',scale:8}");
        for (final Listing listing : LISTINGS) {
            commands.add("InstrumentDefine:{instrumentId:" + listing.id + ",symbol:'PERP" + listing.id
                    + "',maxOrderQuantity:'200',settleAssetId:" + listing.asset
                    + ",initialMarginPpm:50000,maintenanceMarginPpm:25000,maxOpenOrders:30," + listing.terms + "}");
        }
        commands.addAll(rules());
        // Coins for dollars by the index of an inverse contract; dollars for coins by one that is far too kind.
        commands.add("CollateralDefine:{assetId:2,settleAssetId:1,instrumentId:9,balanceCap:'0.1',"
                + "drawCap:'1000000000000',haircutPpm:100000}");
        commands.add("CollateralDefine:{assetId:1,settleAssetId:2,instrumentId:20,balanceCap:'5000',"
                + "drawCap:'1000000000',haircutPpm:998000}");
        for (int firm = 0; firm < FIRMS; firm++) {
            commands.add("FirmDefine:{firmId:" + (firm + 1) + ",symbol:'FIRM" + firm + "'}");
        }
        for (int number = 0; number < FIRMS * ACCOUNTS_PER_FIRM; number++) {
            commands.add("AccountDefine:{accountId:" + accountId(number) + ",firmId:" + (firmOf(number) + 1) + "}");
            commands.add("Deposit:{accountId:" + accountId(number) + ",assetId:1,amount:'2000'}");
            commands.add("Deposit:{accountId:" + accountId(number) + ",assetId:2,amount:'0.2'}");
            for (int id = 1 + number % 3; number % 2 == 0 && id <= LISTINGS.size(); id += 3) {
                commands.add(
                        "SetLeverage:{accountId:" + accountId(number) + ",instrumentId:" + id + ",mode:'ISOLATED'}");
            }
        }
        commands.add("SessionDefine:{sessionId:" + PUBLISHER + ",role:'PUBLISHER',sourceMask:7,accounts:[]}");
        commands.add("SessionDefine:{sessionId:" + RISK + ",role:'RISK',accounts:[]}");
        for (int firm = 0; firm < FIRMS; firm++) {
            commands.add("SessionDefine:{sessionId:" + (FIRST_MAKER + firm) + ",firmId:" + (firm + 1)
                    + ",role:'MAKER',wholeFirm:1,accounts:[]}");
        }
        return commands;
    }
}
