package org.isochron.sequencer.gateway;

import org.isochron.codecs.ResendFlow;
import org.isochron.codecs.ResendResult;

/** The one request for old events that a session may have in flight: what is left of it, and who is being asked. */
final class Resend {
    /** Requests a second, and at once. */
    static final int REQUESTS_PER_SECOND = 50;

    static final long NO_QUERY = 0;

    private final TokenBucket throttle = new TokenBucket();
    private boolean isActive;
    private boolean hasBegun;
    private int templateId;
    private ResendFlow flow;
    private int addresseeId;
    private long sessionVerId;
    private long accountId;
    private long requestTimestampNs;
    private long next;
    private long toMatchSeq;
    private int left;
    private int sent;
    private int windows;

    private long queryId;
    private int matcher;
    private int received;
    private long askAtNs;
    private long askedNs;
    private long windowSinceNs;
    private int hopelessCount;
    private boolean isDamaged;

    /** The session is open. */
    void open(final long nowNs) {
        isActive = false;
        queryId = NO_QUERY;
        throttle.open(REQUESTS_PER_SECOND, REQUESTS_PER_SECOND, nowNs);
    }

    /** Whether one more request may be made now. */
    boolean takeToken(final long nowNs) {
        throttle.refill(nowNs);
        if (!throttle.hasToken(true)) {
            return false;
        }
        throttle.take();
        return true;
    }

    /**
     * A request is taken on.
     *
     * @param newNext number of the first event, or of a history its place.
     * @param newTo   last command of a history: nothing that the gateway has not been told by itself.
     * @param count   most events.
     */
    void begin(
            final int newTemplateId,
            final long timestampNs,
            final ResendFlow newFlow,
            final int newAddresseeId,
            final long newSessionVerId,
            final long newAccountId,
            final long newNext,
            final long newTo,
            final int count,
            final long nowNs) {
        isActive = true;
        hasBegun = false;
        templateId = newTemplateId;
        requestTimestampNs = timestampNs;
        flow = newFlow;
        addresseeId = newAddresseeId;
        sessionVerId = newSessionVerId;
        accountId = newAccountId;
        next = newNext;
        toMatchSeq = newTo;
        left = count;
        sent = 0;
        windows = 0;
        matcher = 0;
        nextWindow(nowNs);
    }

    /** The next part of it may be asked for. */
    void nextWindow(final long nowNs) {
        queryId = NO_QUERY;
        askAtNs = nowNs;
        windowSinceNs = nowNs;
        hopelessCount = 0;
        isDamaged = false;
        windows++;
    }

    void asked(final long newQueryId, final long nowNs) {
        queryId = newQueryId;
        askedNs = nowNs;
        received = 0;
    }

    /** Time does not count while the client has not taken what it was sent. */
    void waitsForClient(final long nowNs) {
        windowSinceNs = nowNs;
    }

    /** The matcher asked cannot answer: the next one may. */
    void passOn(final int matcherCount, final ResendResult result, final long askAgainNs) {
        queryId = NO_QUERY;
        matcher = (matcher + 1) % matcherCount;
        askAtNs = askAgainNs;
        final boolean isHopeless = result == ResendResult.TOO_OLD || result == ResendResult.DAMAGED;
        hopelessCount = isHopeless ? hopelessCount + 1 : 0;
        isDamaged = isHopeless && (isDamaged || result == ResendResult.DAMAGED);
    }

    /** An event has been sent; {@code newNext} is behind it. */
    void sentOne(final long newNext) {
        next = newNext;
        left--;
        sent++;
        received++;
    }

    /** A history was looked through up to there. */
    void next(final long newNext) {
        next = newNext;
    }

    void begun() {
        hasBegun = true;
    }

    void end() {
        isActive = false;
        queryId = NO_QUERY;
    }

    boolean isActive() {
        return isActive;
    }

    boolean hasBegun() {
        return hasBegun;
    }

    boolean isHistory() {
        return flow == ResendFlow.SESSION_HISTORY || flow == ResendFlow.FIRM_HISTORY;
    }

    boolean isOfFirm() {
        return flow == ResendFlow.FIRM || flow == ResendFlow.FIRM_HISTORY;
    }

    int templateId() {
        return templateId;
    }

    ResendFlow flow() {
        return flow;
    }

    int addresseeId() {
        return addresseeId;
    }

    long sessionVerId() {
        return sessionVerId;
    }

    long accountId() {
        return accountId;
    }

    long requestTimestampNs() {
        return requestTimestampNs;
    }

    long next() {
        return next;
    }

    long toMatchSeq() {
        return toMatchSeq;
    }

    /** Events still wanted. */
    int left() {
        return left;
    }

    /** Events sent so far. */
    int sent() {
        return sent;
    }

    /** Parts asked for so far. */
    int windows() {
        return windows;
    }

    long queryId() {
        return queryId;
    }

    int matcher() {
        return matcher;
    }

    /** Events received in answer to the present query. */
    int received() {
        return received;
    }

    long askAtNs() {
        return askAtNs;
    }

    long askedNs() {
        return askedNs;
    }

    long windowSinceNs() {
        return windowSinceNs;
    }

    /** Matchers in a row whose journals begin later or are damaged there: they would say so again. */
    int hopelessCount() {
        return hopelessCount;
    }

    /** Whether one of those is damaged. */
    boolean isDamaged() {
        return isDamaged;
    }
}
