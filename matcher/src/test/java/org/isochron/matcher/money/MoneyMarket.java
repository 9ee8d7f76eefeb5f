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
        for (int firm = 0; firm < FIRMS; firm++) {
            commands.add("FirmDefine:{firmId:" + (firm + 1) + ",symbol:'FIRM" + firm + "'}");
        }
        for (int number = 0; number < FIRMS * ACCOUNTS_PER_FIRM; number++) {
            commands.add("AccountDefine:{accountId:" + accountId(number) + ",firmId:" + (firmOf(number) + 1) + "}");
            commands.add("Deposit:{accountId:" + accountId(number) + ",assetId:1,amount:'2000'}");
            commands.add("Deposit:{accountId:" + accountId(number) + ",assetId:2,amount:'0.2'}");
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
