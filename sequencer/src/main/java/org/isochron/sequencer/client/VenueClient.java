package org.isochron.sequencer.client;

import java.util.concurrent.locks.LockSupport;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.KillReleaseEncoder;
import org.isochron.codecs.KillScope;
import org.isochron.codecs.KillSwitchEncoder;
import org.isochron.codecs.MarginMode;
import org.isochron.codecs.MassCancelScope;
import org.isochron.codecs.QtyMode;
import org.isochron.codecs.Side;
import org.isochron.codecs.TimeInForce;
import org.isochron.codecs.TransferEncoder;
import org.isochron.codecs.frame.Frame;
import org.isochron.codecs.shape.MessageShape;
import org.isochron.sequencer.edge.Outbound;
import org.isochron.sequencer.edge.Transport;
import org.isochron.sequencer.edge.VenueClock;

/**
 * One session with the venue: logs on, numbers commands, answers heartbeats, hands events to a {@link VenueListener}.
 * Single-threaded; {@link #poll()} drives everything and must be called at least as often as the keep-alive interval.
 *
 * <p>Commands return the seqNum they went out under, or why they did not: {@link Outbound#BACK_PRESSURED} (try again; no
 * number is used up) or {@link Outbound#NOT_CONNECTED} (the session is not established). A number returned means sent;
 * the outcome comes as exactly one report, Busy or reject with that {@code refSeqNum}. After a lost connection {@link
 * #resume} with the same sessionVerId: the venue goes on where it stands, and tells what was missed. A command above the
 * lastIncomingSeqNo it answers with was never taken; one up to it without a report, once nothing is missing any more, was
 * refused by the gateway.
 */
public final class VenueClient implements AutoCloseable {
    /** Null of an id in the schema. */
    private static final long NO_ID = TransferEncoder.toInstrumentIdNullValue();

    /** Where a client is in its life. */
    public enum State {
        CONNECTING,
        NEGOTIATING,
        ESTABLISHING,
        ESTABLISHED,
        TERMINATING,
        CLOSED
    }

    private static final long IDLE_NS = 50_000;
    private static final long MS = 1_000_000L;

    private final VenueLink link;
    private final OrderTicket plain = new OrderTicket();
    private final OrderEntryEncoder encoder = new OrderEntryEncoder();
    private final ProtectionEncoder protections = new ProtectionEncoder();
    private final UnsafeBuffer scratch = new UnsafeBuffer(new byte[Frame.MAX_PAYLOAD_LENGTH]);

    private VenueClient(final VenueLink link) {
        this.link = link;
    }

    /**
     * Begins to log on and returns at once; {@link #poll()} does the rest.
     *
     * @param transport the caller's own; driven by {@link #poll()}, not closed with the client.
     */
    public static VenueClient connect(
            final ClientConfig config,
            final Transport transport,
            final VenueClock clock,
            final VenueListener listener) {
        return new VenueClient(new VenueLink(config, transport, clock, VenueLink.FROM_NOW, listener));
    }

    /**
     * As {@link #connect}, for a client that was here before under the same sessionVerId: the events that it missed are sent
     * again and reach the listener before newer ones.
     *
     * @param lastEventSeq {@link #lastEventSeq()} of the client before; 0 for all events of this sessionVerId.
     */
    public static VenueClient resume(
            final ClientConfig config,
            final Transport transport,
            final VenueClock clock,
            final long lastEventSeq,
            final VenueListener listener) {
        if (lastEventSeq < 0) {
            throw new IllegalArgumentException(
                    "lastEventSeq is " + lastEventSeq + ", the number of the last event seen or 0 is needed");
        }
        return new VenueClient(new VenueLink(config, transport, clock, lastEventSeq, listener));
    }

    /**
     * Polls until the session is established.
     *
     * @return false when the venue refused it or the time is over.
     */
    public boolean awaitEstablished(final long timeoutMs) {
        final long deadlineNs = System.nanoTime() + timeoutMs * MS;
        while (state() != State.ESTABLISHED && state() != State.CLOSED && System.nanoTime() - deadlineNs < 0) {
            if (poll() == 0) {
                LockSupport.parkNanos(IDLE_NS);
            }
        }
        return isEstablished();
    }

    /**
     * One duty cycle: receives what has come, sends what is due.
     *
     * @return work done, 0 when idle or closed.
     */
    public int poll() {
        return link.poll();
    }

    public State state() {
        return link.state();
    }

    public boolean isEstablished() {
        return link.state() == State.ESTABLISHED;
    }

    /** Number the next command will carry. */
    public long nextSeqNum() {
        return link.nextSeqNum();
    }

    /** Commands the session could still send at once, as the last message from the gateway said. */
    public int creditsLeft() {
        return link.creditsLeft();
    }

    /** When the gateway sent the message that a listener is being told of, or told of last. */
    public long gwTxTimeNs() {
        return link.gwTxTimeNs();
    }

    /** Events received twice and dropped. */
    public long duplicates() {
        return link.events().duplicates();
    }

    /** Number of the last event that the listener was told of: what the next client resumes with. */
    public long lastEventSeq() {
        return link.events().last();
    }

    /** Whether older events are missing at the moment; newer ones wait until they have been sent again. */
    public boolean isRecovering() {
        return link.events().isMissing();
    }

    /** Whether the event that a listener is being told of was sent again: it may have been acted on before. */
    public boolean isPossResend() {
        return link.events().isPossResend();
    }

    /**
     * Asks for events from a place in the total order on, whatever sessionVerId they were made under; {@link
     * VenueListener#onReplayed} and {@link VenueListener#onReplayEnd} bring them.
     *
     * @param accountId  events of that account; null value of the schema for the session's own.
     * @param fromSubSeq of the first command only events from this subSeq on.
     * @param count      most events, 1 to 1,000.
     * @return false when it cannot be asked now: older events of the session are missing, an earlier replay goes on, or the
     *         message could not be sent.
     */
    public boolean replayEvents(final long accountId, final long fromMatchSeq, final int fromSubSeq, final int count) {
        return link.replay(accountId, fromMatchSeq, fromSubSeq, count);
    }

    /**
     * Enters an order of any kind.
     *
     * @return the seqNum, or why it was not sent.
     */
    public long newOrder(final OrderTicket order) {
        return sendTimed(order.message());
    }

    /**
     * Enters a limit order.
     *
     * @param priceE9      in units of 1e-9 of the quote currency.
     * @param quantityLots whole lots.
     * @return the seqNum, or why it was not sent.
     */
    public long newOrder(
            final long accountId,
            final long instrumentId,
            final Side side,
            final long priceE9,
            final long quantityLots,
            final TimeInForce timeInForce,
            final boolean postOnly,
            final long clOrdId) {
        plain.limit(accountId, instrumentId, side, priceE9, quantityLots, clOrdId)
                .timeInForce(timeInForce);
        return newOrder(postOnly ? plain.postOnly() : plain);
    }

    /**
     * Changes price and total quantity of a live order.
     *
     * @param origClOrdId  the order's client id now.
     * @param clOrdId      its client id afterwards.
     * @param quantityLots new total quantity, fills so far included.
     * @return the seqNum, or why it was not sent.
     */
    public long replace(
            final long accountId,
            final long instrumentId,
            final long origClOrdId,
            final long clOrdId,
            final long priceE9,
            final long quantityLots) {
        return replace(accountId, instrumentId, origClOrdId, clOrdId, priceE9, quantityLots, QtyMode.TOTAL);
    }

    /**
     * Changes a live order.
     *
     * @param quantityLots new quantity, read as {@code mode} says: {@link QtyMode#REMAINING} sets what is open, whatever
     *                     trades while the request is on its way.
     * @return the seqNum, or why it was not sent.
     */
    public long replace(
            final long accountId,
            final long instrumentId,
            final long origClOrdId,
            final long clOrdId,
            final long priceE9,
            final long quantityLots,
            final QtyMode mode) {
        return sendTimed(encoder.replace(accountId, instrumentId, origClOrdId, clOrdId, priceE9, quantityLots, mode));
    }

    /**
     * Cancels a live order.
     *
     * @param origClOrdId the order's client id.
     * @param clOrdId     id of this request, echoed.
     * @return the seqNum, or why it was not sent.
     */
    public long cancel(final long accountId, final long instrumentId, final long origClOrdId, final long clOrdId) {
        return sendTimed(encoder.cancel(accountId, instrumentId, origClOrdId, clOrdId));
    }

    /**
     * Cancels many orders, by one of the scopes ACCOUNT, INSTRUMENT, SIDE and FIRM.
     *
     * @param accountId    null value of the schema with scope FIRM.
     * @param instrumentId null value of the schema where the scope has none.
     * @param side         {@link Side#NULL_VAL} where the scope has none.
     * @return the seqNum, or why it was not sent.
     */
    public long massCancel(
            final long accountId,
            final MassCancelScope scope,
            final long instrumentId,
            final Side side,
            final long clOrdId) {
        return sendTimed(encoder.massCancel(accountId, scope, instrumentId, side, clOrdId));
    }

    /** Cancels the account's orders on a side of the instrument, both prices included; result as {@link #massCancel}. */
    public long massCancelPrices(
            final long accountId,
            final long instrumentId,
            final Side side,
            final long fromPriceE9,
            final long toPriceE9,
            final long clOrdId) {
        return sendTimed(encoder.massCancelPrices(accountId, instrumentId, side, fromPriceE9, toPriceE9, clOrdId));
    }

    /** Cancels the account's orders with that tag; result as {@link #massCancel}. */
    public long massCancelTag(final long accountId, final long userTag, final long clOrdId) {
        return sendTimed(encoder.massCancelTag(accountId, userTag, clOrdId));
    }

    /** Cancels the orders of a market maker protection group; result as {@link #massCancel}. */
    public long massCancelGroup(final long accountId, final int mmpGroup, final long clOrdId) {
        return sendTimed(encoder.massCancelGroup(accountId, mmpGroup, clOrdId));
    }

    /**
     * Enters, changes or pulls quotes.
     *
     * @return the seqNum, or why it was not sent.
     * @throws IllegalArgumentException when the ticket has no entry.
     */
    public long massQuote(final QuoteTicket quotes) {
        if (quotes.count() == 0) {
            throw new IllegalArgumentException("a mass quote without an entry");
        }
        return sendTimed(quotes.message(), quotes.length());
    }

    /**
     * Pulls quotes.
     *
     * @param quoteSetId   null value of the schema for all sets of this session.
     * @param instrumentId null value of the schema for all instruments.
     * @return the seqNum, or why it was not sent.
     */
    public long quoteCancel(final long accountId, final long quoteSetId, final long instrumentId, final long clOrdId) {
        return sendProtection(protections.quoteCancel(accountId, quoteSetId, instrumentId, clOrdId));
    }

    /**
     * Sets up a market maker protection group, or changes it.
     *
     * @param assetId settlement asset of the instruments it is used in.
     * @return the seqNum, or why it was not sent.
     */
    public long mmpConfig(
            final long accountId, final int mmpGroup, final long assetId, final MmpLimits limits, final long clOrdId) {
        return sendProtection(protections.mmpConfig(accountId, mmpGroup, assetId, limits, clOrdId));
    }

    /** Ends the freeze of a group; result as {@link #mmpConfig}. */
    public long mmpReset(final long accountId, final int mmpGroup, final long clOrdId) {
        return sendProtection(protections.mmpReset(accountId, mmpGroup, clOrdId));
    }

    /**
     * Chooses how a position is margined.
     *
     * @param leverage initial margin is at least notional / leverage; null value of the schema for the largest allowed.
     * @param mode     changes only while the position is idle; null keeps it.
     * @return the seqNum, or why it was not sent.
     */
    public long setLeverage(
            final long accountId,
            final long instrumentId,
            final int leverage,
            final MarginMode mode,
            final long clOrdId) {
        return sendProtection(protections.setLeverage(accountId, instrumentId, leverage, mode, clOrdId));
    }

    /**
     * Carries lots of a position through the next funding auction only at a rate or a better one; otherwise they may close
     * at the mark. Replaces the account's order in the instrument.
     *
     * @param limitRateE9  multiple of 1,000, in units of 1e-9: a long carries at it or below, a short at it or above.
     * @param quantityLots at most those of the position; 0 withdraws the order.
     * @return the seqNum, or why it was not sent.
     */
    public long fundingOrder(
            final long accountId,
            final long instrumentId,
            final long limitRateE9,
            final long quantityLots,
            final long clOrdId) {
        return sendProtection(protections.fundingOrder(accountId, instrumentId, limitRateE9, quantityLots, clOrdId));
    }

    /** Moves cash from cross margin to an isolated position of the account. Amounts in quanta; returns the seqNum, or why not. */
    public long addToIsolated(final long accountId, final long instrumentId, final long assetId, final long amount) {
        return sendTransfer(protections.transfer(accountId, assetId, amount, NO_ID, instrumentId, NO_ID, NO_ID));
    }

    /** Moves cash from an isolated position back to cross margin, as much as the rule for withdrawals leaves. */
    public long takeFromIsolated(final long accountId, final long instrumentId, final long assetId, final long amount) {
        return sendTransfer(protections.transfer(accountId, assetId, amount, instrumentId, NO_ID, NO_ID, NO_ID));
    }

    /** Pledges a balance as margin in another asset. */
    public long pledge(final long accountId, final long assetId, final long settleAssetId, final long amount) {
        return sendTransfer(protections.transfer(accountId, assetId, amount, NO_ID, NO_ID, NO_ID, settleAssetId));
    }

    /** Takes a pledged balance back, as much as the rule for withdrawals leaves. */
    public long release(final long accountId, final long assetId, final long settleAssetId, final long amount) {
        return sendTransfer(protections.transfer(accountId, assetId, amount, NO_ID, NO_ID, settleAssetId, NO_ID));
    }

    /** Cancels every order of an account and lets no other in until {@link #releaseAccount}. Returns the seqNum, or why not. */
    public long killAccount(final long accountId, final long clOrdId) {
        return sendProtection(
                protections.kill(KillScope.ACCOUNT, accountId, KillSwitchEncoder.firmIdNullValue(), clOrdId));
    }

    /**
     * Does so for a firm.
     *
     * @param firmId null value of the schema for the session's own.
     */
    public long killFirm(final long firmId, final long clOrdId) {
        return sendProtection(
                protections.kill(KillScope.FIRM, KillSwitchEncoder.accountIdNullValue(), firmId, clOrdId));
    }

    /** Lets an account enter orders again. */
    public long releaseAccount(final long accountId, final long clOrdId) {
        return sendProtection(
                protections.release(KillScope.ACCOUNT, accountId, KillReleaseEncoder.firmIdNullValue(), clOrdId));
    }

    /** Lets a firm enter orders again; {@code firmId} as of {@link #killFirm}. */
    public long releaseFirm(final long firmId, final long clOrdId) {
        return sendProtection(
                protections.release(KillScope.FIRM, KillReleaseEncoder.accountIdNullValue(), firmId, clOrdId));
    }

    /**
     * Has every order of the account cancelled unless this is sent again in time.
     *
     * @param timeoutMs at most 86,400,000, in sequenced time; 0 disarms.
     * @return the seqNum, or why it was not sent.
     */
    public long deadMan(final long accountId, final long timeoutMs, final long clOrdId) {
        return sendProtection(protections.deadMan(accountId, timeoutMs, clOrdId));
    }

    /**
     * Publishes a price of the underlying, for a session of role PUBLISHER.
     *
     * @param source 0 to 15, one that the session may use.
     * @return the seqNum, or why it was not sent.
     */
    public long priceTick(final long instrumentId, final long priceE9, final int source) {
        final UnsafeBuffer tick = encoder.priceTick(link.wallNs(), instrumentId, priceE9, source);
        return sendNumbered(tick, tick.capacity());
    }

    /**
     * Sends any command of the schema. The bytes are copied, and the seqNum is filled in on the way.
     *
     * @param message an SBE message with its header.
     * @return the seqNum, or why it was not sent.
     * @throws IllegalArgumentException when it is longer than a frame can carry, or shorter than its seqNum.
     */
    public long send(final DirectBuffer message, final int offset, final int length) {
        if (length > Frame.MAX_PAYLOAD_LENGTH || length < MessageShape.HEADER_LENGTH + Integer.BYTES) {
            throw new IllegalArgumentException("a command of " + length + " bytes, "
                    + (MessageShape.HEADER_LENGTH + Integer.BYTES) + " to " + Frame.MAX_PAYLOAD_LENGTH
                    + " are possible");
        }
        scratch.putBytes(0, message, offset, length);
        return sendNumbered(scratch, length);
    }

    /** Begins to end the session politely; {@link VenueListener#onTerminated} tells when it has ended. */
    public long terminate() {
        return link.terminate();
    }

    /** Says goodbye when the session is open, without waiting for the answer, and closes the channels. */
    @Override
    public void close() {
        link.close();
    }

    /** A transfer has no send time. */
    private long sendTransfer(final int length) {
        return sendNumbered(protections.buffer(), length);
    }

    private long sendProtection(final int length) {
        return sendTimed(protections.buffer(), length);
    }

    private long sendTimed(final UnsafeBuffer message) {
        return sendTimed(message, message.capacity());
    }

    private long sendTimed(final UnsafeBuffer message, final int length) {
        OrderEntryEncoder.putSendTime(message, link.wallNs());
        return sendNumbered(message, length);
    }

    private long sendNumbered(final UnsafeBuffer message, final int length) {
        OrderEntryEncoder.putSeqNum(message, link.nextSeqNum());
        return link.send(message, length);
    }
}
