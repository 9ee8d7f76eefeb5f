package org.isochron.matcher.twin;

import java.util.ArrayList;
import java.util.List;

/** The venue a storm rages in: three firms, seven accounts, four kinds of instrument, as commands of the operator. */
final class Setup {
    /** Tick 0.01 and lot 1 give K = 10,000 quanta of 1e-6. */
    static final long TICK_SIZE = 10_000_000;

    static final long MID_TICKS = 10_000;
    static final long MAX_TICKS = 100_000;
    static final long MAX_ORDER_LOTS = 60;

    static final int GATEWAY = 1;
    static final int OTHER_GATEWAY = 2;
    static final long OPERATOR = 1;
    static final long PUBLISHER = 2;
    static final long[] MAKERS = {10, 11, 20, 30};
    static final long[] ACCOUNTS = {100, 101, 102, 200, 201, 300, 301};
    static final long[] INSTRUMENTS = {1, 2, 3, 4};
    static final long[] SESSIONS = {OPERATOR, PUBLISHER, 10, 11, 20, 30};

    private Setup() {}

    /** Before anybody but the operator is connected. */
    static List<String> definitions() {
        final List<String> commands = new ArrayList<>();
        commands.add("VenueDefine:{maxAssets:4,maxInstruments:8,maxAccounts:16,maxPositions:64,maxOrders:2048,"
                + "maxSessions:16,maxFirms:4,gatewayTimeoutMs:1500,maxMmpGroups:6}");
        commands.add("AssetDefine:{assetId:1,symbol:'USD',scale:6}");
        commands.add("AssetDefine:{assetId:2,symbol:'EUR',scale:6}");
        commands.add(instrument(1, 1, "makerFeePpm:-20,takerFeePpm:100"));
        commands.add(instrument(
                2,
                1,
                "makerFeePpm:20,takerFeePpm:200,bandPpm:4000,collarPpm:200,limitMs:300,haltMs:400,auctionMs:500"));
        commands.add(instrument(
                3,
                1,
                "makerFeePpm:0,takerFeePpm:50,takerDelayUs:3000,bandPpm:20000,marketProtectionPpm:3000,"
                        + "requiredSources:2,indexStaleMs:1500,collarPpm:800,auctionMs:700"));
        commands.add(instrument(4, 2, "makerFeePpm:-50,takerFeePpm:150,marketProtectionPpm:2000"));
        commands.add("FirmDefine:{firmId:1,symbol:'ALPHA'}");
        commands.add("FirmDefine:{firmId:2,symbol:'BETA'}");
        commands.add("FirmDefine:{firmId:3,symbol:'GAMMA'}");
        for (final long account : ACCOUNTS) {
            commands.add("AccountDefine:{accountId:" + account + ",firmId:" + account / 100 + "}");
            final String cash = account == 102 || account == 301 ? "150" : "9000";
            commands.add("Deposit:{accountId:" + account + ",assetId:1,amount:'" + cash + "'}");
            commands.add("Deposit:{accountId:" + account + ",assetId:2,amount:'" + cash + "'}");
        }
        commands.add("SessionDefine:{sessionId:2,role:'PUBLISHER',sourceMask:7,accounts:[]}");
        commands.add(maker(10, 1, 100, 101));
        commands.add(maker(11, 1, 101, 102));
        commands.add(maker(20, 2, 200, 201));
        commands.add(maker(30, 3, 300, 301));
        return commands;
    }

    private static String maker(final long id, final long firm, final long account, final long other) {
        return "SessionDefine:{sessionId:" + id + ",firmId:" + firm + ",role:'MAKER',accounts:[{accountId:" + account
                + "},{accountId:" + other + "}]}";
    }

    private static String instrument(final long id, final long asset, final String more) {
        return "InstrumentDefine:{instrumentId:" + id + ",symbol:'PERP" + id
                + "',tickSize:'0.01',lotSize:'1',maxPrice:'1000',maxOrderQuantity:'" + MAX_ORDER_LOTS
                + "',maxPositionQuantity:'150',settleAssetId:" + asset
                + ",initialMarginPpm:100000,maintenanceMarginPpm:50000,liquidationFeePpm:0,maxOpenOrders:24," + more
                + "}";
    }
}
