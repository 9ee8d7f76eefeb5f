package org.isochron.matcher.twin;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How often each event, and each value of the fields that name a rule, has occurred. */
final class Coverage {
    private static final List<String> FIELDS =
            List.of("code", "reason", "state", "liquidity", "cause", "reachedLimit", "bidCode", "askCode");

    /** What a run of some tens of thousands of commands must have met. */
    private static final List<String> WANTED = wanted();

    private final Map<String, Long> counts = new TreeMap<>();

    void count(final List<String> lines) {
        for (final String line : lines) {
            final int end = line.indexOf(' ');
            final String event = line.substring(0, end);
            counts.merge(event, 1L, Long::sum);
            for (final String field : FIELDS) {
                countField(event, line, ' ' + field + '=');
            }
        }
    }

    private void countField(final String event, final String line, final String mark) {
        for (int at = line.indexOf(mark); at >= 0; at = line.indexOf(mark, at + 1)) {
            final int end = line.indexOf(' ', at + 1);
            counts.merge(event + line.substring(at, end < 0 ? line.length() : end), 1L, Long::sum);
        }
    }

    void add(final Coverage other) {
        other.counts.forEach((what, count) -> counts.merge(what, count, Long::sum));
    }

    /** What should have occurred and has not. */
    List<String> missing() {
        return WANTED.stream().filter(what -> !counts.containsKey(what)).toList();
    }

    private static List<String> wanted() {
        final List<String> wanted = new ArrayList<>();
        add(
                wanted,
                "",
                "OrderAck OrderAdd OrderReduce OrderDelete Trade Fill Bbo MarkIndex SecurityStatus SecurityDefinition"
                        + " AuctionIndicative BookHash ReplaceAck Cancelled OrderReduced OrderActivated MassCancelAck MassQuoteAck"
                        + " MmpTriggered Reject ReplaceReject CancelReject BusinessReject CommandAccepted BalanceChanged"
                        + " SessionOpened SessionEnded SessionRefused");
        add(
                wanted,
                "Reject code=",
                "UNKNOWN_INSTRUMENT MARKET_CLOSED BAD_TICK BAD_LOT QTY_TOO_BIG PRICE_BAND"
                        + " POST_ONLY_WOULD_CROSS REDUCE_ONLY_VIOLATED INSUFFICIENT_MARGIN POSITION_LIMIT OPEN_ORDER_LIMIT"
                        + " DUPLICATE_CL_ORD_ID MMP_FROZEN KILL_SWITCH_ON STALE_BY_MAX_SEQ_DELAY SESSION_SCOPE RISK_UNAVAILABLE"
                        + " NOT_LEADER EXPIRY_INVALID UNKNOWN_ACCOUNT BAD_VALUE SESSION_NOT_OPEN");
        add(
                wanted,
                "ReplaceReject code=",
                "UNKNOWN_INSTRUMENT MARKET_CLOSED BAD_TICK BAD_LOT QTY_TOO_BIG PRICE_BAND"
                        + " POST_ONLY_WOULD_CROSS INSUFFICIENT_MARGIN POSITION_LIMIT DUPLICATE_CL_ORD_ID UNKNOWN_ORDER"
                        + " TOO_LATE_TO_CANCEL KILL_SWITCH_ON TAKER_DELAY_AMEND_FORBIDDEN UNKNOWN_ACCOUNT BAD_VALUE");
        add(
                wanted,
                "CancelReject code=",
                "UNKNOWN_INSTRUMENT UNKNOWN_ORDER TOO_LATE_TO_CANCEL UNKNOWN_ACCOUNT" + " SESSION_SCOPE BAD_VALUE");
        add(
                wanted,
                "BusinessReject code=",
                "UNKNOWN_INSTRUMENT UNKNOWN_ACCOUNT UNKNOWN_ASSET UNKNOWN_FIRM SESSION_SCOPE"
                        + " PRICE_BAND MMP_FROZEN KILL_SWITCH_ON BAD_VALUE CAPACITY ALREADY_DEFINED INSUFFICIENT_FUNDS OVERFLOW");
        add(
                wanted,
                "MassQuoteAck bidCode=",
                "PRICE_BAND POST_ONLY_WOULD_CROSS MARKET_CLOSED BAD_VALUE" + " DUPLICATE_CL_ORD_ID UNKNOWN_INSTRUMENT");
        add(
                wanted,
                "Cancelled reason=",
                "USER IOC MMP STP COD DEADMAN KILL EXPIRY REDUCE_ONLY BAND INSTRUMENT_HALT ADMIN"
                        + " MARGIN FOK POST_ONLY");
        add(wanted, "OrderReduced reason=", "STP REDUCE_ONLY");
        add(wanted, "OrderActivated cause=", "TRIGGER TAKER_DELAY REFILL");
        add(wanted, "OrderAck state=", "RESTING DONE DELAYED UNTRIGGERED");
        add(wanted, "Fill liquidity=", "MAKER TAKER AUCTION");
        add(wanted, "SecurityStatus state=", "OPEN LIMIT HALT AUCTION CLOSED");
        add(wanted, "SecurityStatus reason=", "OPERATOR CALENDAR BAND RECOVERED TIMER AUCTION_EXTENDED");
        add(wanted, "MmpTriggered reachedLimit=", "QUANTITY NOTIONAL DELTA FILL_COUNT");
        return wanted;
    }

    private static void add(final List<String> wanted, final String what, final String names) {
        for (final String name : names.split(" ")) {
            wanted.add(what + name);
        }
    }

    @Override
    public String toString() {
        final StringBuilder text = new StringBuilder();
        counts.forEach((what, count) -> text.append(String.format("%,12d  %s%n", count, what)));
        return text.toString();
    }
}
