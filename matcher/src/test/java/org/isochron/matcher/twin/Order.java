package org.isochron.matcher.twin;

import org.isochron.codecs.OrdType;
import org.isochron.codecs.StpMode;
import org.isochron.codecs.TriggerRef;

/** An open order. */
final class Order {
    /** Where it stands. */
    enum Stage {
        MATCHING,
        RESTING,
        DELAYED,
        UNTRIGGERED,
        ENDED
    }

    /** No self-trade prevention group. */
    static final long NO_GROUP = -1;

    final Position position;
    final boolean buy;
    /** Number both sides of a comparison know it by; 0 until it has been spoken of. */
    int number;

    Session session;
    long clientId;
    long tag;
    Stage stage = Stage.MATCHING;
    /** Limit; 0 for a market order that has not been triggered. */
    long ticks;

    long leaves;
    long filled;
    /** Lots shown at once, 0 for all. */
    long display;

    long shown;
    long priority;
    /** Order of entry, for timers and triggers. */
    long entry;

    boolean postOnly;
    boolean slide;
    boolean reduceOnly;
    boolean quote;
    boolean immediate;
    boolean fillOrKill;
    /** Was entered without a limit. */
    boolean market;

    StpMode stpMode = StpMode.CANCEL_RESTING;
    boolean stpFirm;
    long stpGroup = NO_GROUP;
    MmpGroup mmp;
    /** Expiry of GTT, 0 for none. */
    long expireNs;
    /** End of its taker delay, 0 for none. */
    long releaseNs;
    /** Null while it waits for no time. */
    Timers.Timer timer;
    /** STOP or TAKE_PROFIT until it has fired, else LIMIT. */
    OrdType kind = OrdType.LIMIT;

    TriggerRef triggerRef = TriggerRef.MARK;
    long triggerTicks;

    Order(final Position position, final boolean buy) {
        this.position = position;
        this.buy = buy;
    }

    Instrument instrument() {
        return position.instrument;
    }

    Account account() {
        return position.account;
    }

    boolean holdsMargin() {
        return !reduceOnly && stage != Stage.UNTRIGGERED;
    }

    boolean isStop() {
        return kind == OrdType.STOP || kind == OrdType.TAKE_PROFIT;
    }

    /** Whether an order of the other side at that price would trade with it. */
    boolean meets(final long otherTicks) {
        return buy ? ticks >= otherTicks : ticks <= otherTicks;
    }
}
