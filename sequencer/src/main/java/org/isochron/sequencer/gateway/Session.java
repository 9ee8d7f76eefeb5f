package org.isochron.sequencer.gateway;

import org.agrona.DirectBuffer;
import org.agrona.collections.IntHashSet;
import org.isochron.codecs.Role;
import org.isochron.codecs.SessionOpenedDecoder;
import org.isochron.codecs.TerminateCode;
import org.isochron.sequencer.edge.Outbound;

/**
 * One client's connection and the session on it. Reused for client after client. It holds what the core
 * said of the session, never decides it.
 */
final class Session {
    enum State {
        FREE,
        /** The credentials hold; Establish has not come. */
        NEGOTIATED,
        /** SessionOpen is on its way through the core. */
        OPENING,
        OPEN,
        /** The last messages leave; what the client still sends is not heard. */
        ENDING
    }

    private final SessionTable table;
    private final int backlogBytes;
    private final TokenBucket throttle = new TokenBucket();
    private final Resend resend = new Resend();
    private final IntHashSet accounts = new IntHashSet();
    private boolean wholeFirm;

    private Backlog backlog;
    private State state = State.FREE;
    private int lane;
    private int sessionId;
    private long sessionVerId;
    private boolean isProven;
    private Outbound response;
    private boolean hasBeenConnected;
    private TerminateCode failure;

    private long keepAliveMs;
    private long requestTimestampNs;
    private long openArrivalNs;
    private long stateSinceNs;
    private long lastHeardNs;
    private long lastSentNs;

    private Role role;
    private int firmId;
    private long nextIncoming;
    private long nextOutgoing;
    private TerminateCode closeOwed;

    Session(final SessionTable table, final int backlogBytes) {
        this.table = table;
        this.backlogBytes = backlogBytes;
    }

    /** A client appears on a lane and names where it wants to be answered. */
    void connect(
            final int newLane,
            final int newSessionId,
            final long newSessionVerId,
            final boolean newIsProven,
            final Outbound newResponse,
            final long nowNs) {
        lane = newLane;
        sessionId = newSessionId;
        sessionVerId = newSessionVerId;
        isProven = newIsProven;
        response = newResponse;
        hasBeenConnected = false;
        failure = null;
        closeOwed = null;
        nextIncoming = 1;
        nextOutgoing = 1;
        lastHeardNs = nowNs;
        lastSentNs = nowNs;
        if (backlog == null) {
            backlog = new Backlog(backlogBytes);
        }
        backlog.clear();
        enter(State.NEGOTIATED, nowNs);
    }

    void opening(final long newKeepAliveMs, final long newRequestTimestampNs, final long arrivalNs, final long nowNs) {
        keepAliveMs = newKeepAliveMs;
        requestTimestampNs = newRequestTimestampNs;
        openArrivalNs = arrivalNs;
        enter(State.OPENING, nowNs);
    }

    /** The core has opened the session. */
    void open(final SessionOpenedDecoder opened, final long nowNs) {
        resend.open(nowNs);
        nextIncoming = opened.lastIncomingSeqNo() + 1;
        nextOutgoing = opened.nextSeqNo();
        throttle.open(opened.messagesPerSecond(), opened.burst(), nowNs);
        define(opened);
        enter(State.OPEN, nowNs);
    }

    /** The core has changed the session's definition. */
    void update(final SessionOpenedDecoder opened) {
        throttle.limits(opened.messagesPerSecond(), opened.burst());
        define(opened);
    }

    private void define(final SessionOpenedDecoder opened) {
        role = opened.role();
        firmId = (int) opened.firmId();
        wholeFirm = opened.wholeFirm() == 1;
        accounts.clear();
        final SessionOpenedDecoder.AccountsDecoder group = opened.accounts();
        while (group.hasNext()) {
            accounts.add((int) group.next().accountId());
        }
    }

    /** From now on only what waits is sent. */
    void ending(final TerminateCode owedToCore, final long nowNs) {
        closeOwed = owedToCore;
        enter(State.ENDING, nowNs);
        table.wantAttention();
    }

    /** The client is gone: nothing can be sent any more. */
    void lost() {
        failure = TerminateCode.DISCONNECTED;
        table.wantAttention();
    }

    void free() {
        response.close();
        response = null;
        closeOwed = null;
        accounts.clear();
        state = State.FREE;
    }

    /** Sends a message, or lets it wait behind those that wait; a client that cannot be served is marked as failed. */
    void send(final DirectBuffer buffer, final int length, final long nowNs) {
        if (failure != null) {
            return;
        }
        lastSentNs = nowNs;
        if (backlog.isEmpty()) {
            final long result = response.offer(buffer, 0, length);
            if (isSent(result) || failure != null) {
                return;
            }
        }
        table.wantAttention();
        if (!backlog.add(buffer, 0, length)) {
            failure = TerminateCode.SLOW_CONSUMER;
        }
    }

    /** Sends the message that ends the connection; there is room kept for it. */
    void sendLast(final DirectBuffer buffer, final int length) {
        if (failure == TerminateCode.DISCONNECTED) {
            return;
        }
        final boolean isSent = backlog.isEmpty() && isSent(response.offer(buffer, 0, length));
        if (!isSent) {
            backlog.addLast(buffer, 0, length);
        }
    }

    /** Sends what waits; true when nothing does any more. */
    boolean flush() {
        if (!backlog.isEmpty()) {
            isSent(backlog.flush(response));
        }
        return backlog.isEmpty();
    }

    private boolean isSent(final long result) {
        if (result > 0) {
            hasBeenConnected = true;
            return true;
        }
        final boolean isGone = result == Outbound.NOT_CONNECTED && hasBeenConnected;
        if (isGone || result == Outbound.CLOSED) {
            lost();
        }
        return false;
    }

    /** Whether the client stopped listening after it had listened. */
    boolean isDeaf() {
        return hasBeenConnected && !response.isConnected();
    }

    /** Why the client can be served no longer; null while it can. */
    TerminateCode failure() {
        return failure;
    }

    State state() {
        return state;
    }

    boolean isOpen() {
        return state == State.OPEN;
    }

    int lane() {
        return lane;
    }

    int sessionId() {
        return sessionId;
    }

    long sessionVerId() {
        return sessionVerId;
    }

    /** Whether the client has proved that the session is his. */
    boolean isProven() {
        return isProven;
    }

    long keepAliveMs() {
        return keepAliveMs;
    }

    long requestTimestampNs() {
        return requestTimestampNs;
    }

    /** Arrival stamp of the SessionOpen on its way: the core's answer carries it, which tells the answer from older ones. */
    long openArrivalNs() {
        return openArrivalNs;
    }

    long stateSinceNs() {
        return stateSinceNs;
    }

    long lastHeardNs() {
        return lastHeardNs;
    }

    void heard(final long nowNs) {
        lastHeardNs = nowNs;
    }

    long lastSentNs() {
        return lastSentNs;
    }

    Role role() {
        return role;
    }

    int firmId() {
        return firmId;
    }

    /** Which accounts are its firm's the core knows, and refuses the others. */
    boolean mayTrade(final long accountId) {
        return wholeFirm || accounts.contains((int) accountId);
    }

    TokenBucket throttle() {
        return throttle;
    }

    /** What the client wants to be sent again. */
    Resend resend() {
        return resend;
    }

    /** Whether something waits for the client. */
    boolean hasBacklog() {
        return !backlog.isEmpty();
    }

    /** Number the client's next message must carry. */
    long nextIncoming() {
        return nextIncoming;
    }

    void nextIncoming(final long seqNum) {
        nextIncoming = seqNum;
    }

    /** Number of the next event of the session's own flow; for a drop copy, of its firm's. */
    long nextOutgoing() {
        return nextOutgoing;
    }

    void nextOutgoing(final long seqNum) {
        nextOutgoing = seqNum;
    }

    /** Why the session ended, when the core has not been told yet; else null. */
    TerminateCode closeOwed() {
        return closeOwed;
    }

    void closeTold() {
        closeOwed = null;
    }

    private void enter(final State newState, final long nowNs) {
        state = newState;
        stateSinceNs = nowNs;
    }
}
