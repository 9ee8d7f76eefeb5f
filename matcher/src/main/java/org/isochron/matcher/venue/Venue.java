package org.isochron.matcher.venue;

import static org.isochron.codecs.RejectCode.BAD_VALUE;
import static org.isochron.codecs.RejectCode.CAPACITY;
import static org.isochron.codecs.RejectCode.NOT_LEADER;
import static org.isochron.codecs.RejectCode.SESSION_NOT_OPEN;
import static org.isochron.codecs.RejectCode.SESSION_SCOPE;
import static org.isochron.codecs.RejectCode.UNKNOWN_SESSION;

import org.isochron.codecs.CancelDecoder;
import org.isochron.codecs.ClockTickDecoder;
import org.isochron.codecs.EpochStartDecoder;
import org.isochron.codecs.GatewayAliveDecoder;
import org.isochron.codecs.GatewayStartDecoder;
import org.isochron.codecs.NewOrderDecoder;
import org.isochron.codecs.NodeState;
import org.isochron.codecs.NodeStatusDecoder;
import org.isochron.codecs.RejectCode;
import org.isochron.codecs.ReplaceDecoder;
import org.isochron.codecs.SessionClosedDecoder;
import org.isochron.codecs.SessionOpenDecoder;
import org.isochron.codecs.SkipSeqDecoder;
import org.isochron.codecs.SnapshotMarkDecoder;
import org.isochron.codecs.StateReason;
import org.isochron.codecs.frame.Frame;
import org.isochron.codecs.frame.FrameType;
import org.isochron.codecs.frame.VerifiedBuffer;
import org.isochron.codecs.shape.Entitlement;
import org.isochron.codecs.shape.MessageShape;
import org.isochron.codecs.shape.SessionMessage;
import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.margin.Margin;
import org.isochron.risk.marks.Marks;
import org.isochron.risk.state.Capacities;
import org.isochron.risk.state.InvariantViolation;
import org.isochron.risk.state.Scrub;
import org.isochron.sequencer.replica.EventBatch;
import org.isochron.sequencer.replica.Noun;
import org.isochron.sequencer.replica.StateHash;
import org.isochron.sequencer.replica.StateImage;
import org.isochron.sequencer.replica.StoredMachine;

/**
 * The venue: one sequenced command in, a batch of events out, on one thread, with integers only and without allocating.
 *
 * <p>Every command first moves the venue's time to its stamp, fires the timers that are due and goes on with work that
 * earlier commands have left over; then it has its own effect; then every best bid and offer that changed is told, and the
 * zero-sum identity is checked. Nothing a participant sends throws: what cannot be read or may not be done is answered by
 * a reject. An {@link InvariantViolation} means that this replica's state cannot be trusted any more.
 *
 * <p>A new venue is at genesis: capacities {@link Capacities#GENESIS}, the operator's session 1, the venue's own accounts.
 */
public final class Venue implements StoredMachine {
    /** A gap between two commands after which nobody knows what happened meanwhile. */
    private static final long PAUSE_NS = 2_000_000_000L;
    /** Room for the answer to a command and what goes with it; most after a mass quote of 32 sides. */
    private static final int ANSWER_EVENTS = 1 + 32 * QuoteSide.EVENTS;

    private final Counters counters;
    private final Sessions sessions;
    private final Ledger ledger;
    private final Marks marks;
    private final Margin margin;
    private final Protections protections;
    private final Market market;
    private final EventWriter events;
    private final MarketData marketData;
    private final Reports reports;
    private final ScanWatch scanWatch;
    private final Shortfalls shortfalls;
    private final IsolatedMargin isolated;
    private final ReduceOnly reduceOnly;
    private final FundingClock fundingClock;
    private final Conversions conversions;
    private final MarginUpdates marginUpdates;
    private final MarketRound marketRound;
    private final PendingWork pendingWork;
    private final Leases leases;
    private final Timers timers;
    private final RuleAdoption ruleAdoption;
    private final PriceDesk priceDesk;
    private final GatewayDesk gatewayDesk;
    private final CommandDesks desks;
    private final Inspection inspection;
    private final VenueState state;
    private final Faults faults;

    /** The frame of the command being applied, and over all of its bytes. */
    private final Frame frame = new Frame();

    private final VerifiedBuffer bytes = new VerifiedBuffer();
    private final CommandReader reader = new CommandReader(bytes);
    private final Request request = new Request();
    private final Refusal refusal = new Refusal();
    private final StateHash stateHash = new StateHash();
    private final Scrub scrub = new Scrub();

    public Venue() {
        this(Capacities.GENESIS);
    }

    /**
     * A venue at a genesis of its own, for whoever makes many small ones: what its operator leaves out of VenueDefine is
     * still {@link Capacities#GENESIS}.
     *
     * @param capacities what there is room for until the venue is defined, and what its state says; nodes that are to agree
     *                   begin with the same.
     */
    public Venue(final Capacities capacities) {
        final VenueParts parts = new VenueParts(capacities);
        counters = parts.counters;
        sessions = parts.sessions;
        ledger = parts.ledger;
        marks = parts.marks;
        margin = parts.margin;
        protections = parts.protections;
        market = parts.market;
        events = parts.events;
        marketData = parts.marketData;
        reports = parts.reports;
        scanWatch = parts.scanWatch;
        shortfalls = parts.shortfalls;

        final Trading trading = new Trading(parts);
        isolated = trading.isolated;
        reduceOnly = trading.reduceOnly;
        fundingClock = trading.fundingClock;
        final FailingAccounts failing = new FailingAccounts(parts, trading);
        conversions = failing.conversions;
        marginUpdates = new MarginUpdates(sessions, ledger, margin, events);
        marketRound = new MarketRound(ledger.instruments(), marks, market, events, parts.work);
        pendingWork = new PendingWork(
                parts.work,
                parts.books,
                ledger.positions(),
                trading.cancels,
                trading.matching,
                failing.liquidations,
                trading.auctions,
                trading.firedStops,
                trading.fundingAuctions,
                failing.lastResort);
        leases = new Leases(sessions, counters, parts.books, parts.sessionReports, parts.work);
        timers = new Timers(
                leases,
                market.states,
                protections,
                trading.delayedOrders,
                trading.cancels,
                parts.work,
                counters,
                events);

        ruleAdoption = new RuleAdoption(ledger, marks, events, reports, marketData, market.changed);
        priceDesk = new PriceDesk(
                sessions, ledger, marks, market.states, parts.work, counters, reports, marketData, market.changed);
        gatewayDesk = new GatewayDesk(sessions, counters, leases, reports, parts.sessionReports);
        final HashDesk hashDesk = new HashDesk(sessions, counters, events, reports, parts.capacities.sessions());
        state = new VenueState(parts, trading, hashDesk);
        desks = new CommandDesks(
                parts,
                trading,
                failing,
                pendingWork,
                hashDesk,
                priceDesk,
                new DefinitionDesks(parts, failing, leases, ruleAdoption, state));
        faults = new Faults(sessions, ledger.instruments(), market.states, events, reports);
        faults.watch(state);
        inspection = new Inspection(
                this, ledger, marks, margin, parts.books, trading.reservations, counters, sessions, parts.work);
    }

    @Override
    public void onCommand(final Frame received, final EventBatch batch) {
        frame.wrap(bytes.over(received.buffer(), received.offset(), received.length()), 0);
        events.begin(frame, batch);
        final int shape = MessageShape.check(bytes, Frame.HEADER_LENGTH, frame.payloadLength());
        final int templateId = frame.payloadLength() < MessageShape.HEADER_LENGTH
                ? 0
                : MessageShape.templateId(bytes, Frame.HEADER_LENGTH);

        final boolean sequencers = shape == MessageShape.SOUND && frame.frameType() == FrameType.SEQUENCER;
        final boolean epochStarts = sequencers && templateId == EpochStartDecoder.TEMPLATE_ID;
        final boolean ticks = sequencers && templateId == ClockTickDecoder.TEMPLATE_ID;
        final int tickEvents = ticks ? market.tickReports.events() : 0;
        final int fundingEvents = ticks ? fundingClock.events() + scanWatch.events() + shortfalls.tickEvents() : 0;
        final int answerEvents =
                Math.max(priceDesk.clockEvents(), sessions.count()) + ANSWER_EVENTS + tickEvents + fundingEvents;
        ruleAdoption.activateDue();
        events.reserve(answerEvents + sessions.count());
        advance(frame.timestampNs(), epochStarts);
        events.reserve(answerEvents);
        pendingWork.run();
        reduceOnly.shrinkSiblings();
        events.reserve(0);

        apply(shape, templateId);
        followUp(tickEvents);
        events.end();
        ledger.checkBalance();
    }

    /** What the command's own effect sets off. */
    private void followUp(final int tickEvents) {
        events.reserve(tickEvents);
        pendingWork.run();
        reduceOnly.shrinkSiblings();
        marketRound.run();
        pendingWork.run();
        reduceOnly.shrinkSiblings();
        isolated.settle();
        shortfalls.tellRest(ledger.assets());
        marketData.tellTops();
        market.tickReports.tell();
        marginUpdates.tell();
        market.changed.keep();
    }

    private void advance(final long timestampNs, final boolean epochStarts) {
        final boolean paused = timestampNs - counters.nowNs() > PAUSE_NS;
        counters.nowNs(timestampNs);
        if (paused || epochStarts) {
            leases.restart();
            protections.deadMen.restart(timestampNs);
            priceDesk.forget();
            scanWatch.restart();
        }
        timers.fireDue();
    }

    private void apply(final int shape, final int templateId) {
        request.of(Sessions.NONE, 0, templateId);
        switch (frame.frameType()) {
            case FrameType.SESSION -> fromSession(shape, templateId);
            case FrameType.GATEWAY -> fromGateway(shape, templateId);
            case FrameType.SEQUENCER -> fromSequencer(shape, templateId);
            default -> reject(RejectCode.MALFORMED);
        }
    }

    // From a session

    private void fromSession(final int shape, final int templateId) {
        final long sessionId = frame.source() & 0xFFFF_FFFFL;
        final int session = sessions.find(sessionId);
        final int gateway = sessions.findGateway(frame.gatewayId());
        if (gateway >= 0) {
            leases.heard(gateway);
        }
        if (session < 0) {
            refusal.of(UNKNOWN_SESSION, Refusal.NO_FIELD, sessionId);
            reports.businessRejectUnknown(sessionId, request, refusal);
            return;
        }
        request.of(session, 0, templateId);
        if (shape != MessageShape.SOUND) {
            reject(RejectCode.get(shape));
            return;
        }
        if (!SessionMessage.isNumbered(templateId)) {
            reject(SESSION_SCOPE);
            return;
        }
        request.seqNum = SessionMessage.seqNum(frame.buffer(), frame.payloadOffset());
        if (!sessions.isOpen(session) || sessions.gateway(session) != gateway) {
            rejectCommand(sessions.isOpen(session) ? NOT_LEADER : SESSION_NOT_OPEN);
            return;
        }
        if (request.seqNum == NewOrderDecoder.seqNumNullValue()) {
            refusal.of(BAD_VALUE, NewOrderDecoder.seqNumId(), Refusal.NO_VALUE);
            rejectCommand();
            return;
        }
        if (request.seqNum <= sessions.lastIncoming(session)) {
            sessions.countDuplicate(session);
            return;
        }
        sessions.lastIncoming(session, request.seqNum);
        if (Entitlement.allows(sessions.role(session), templateId)) {
            guarded(templateId);
        } else {
            rejectCommand(SESSION_SCOPE);
        }
    }

    /** What fails before it has changed anything costs its sender the command, and nobody else anything. */
    private void guarded(final int templateId) {
        faults.begin();
        try {
            desks.on(templateId, request, reader);
        } catch (final RuntimeException fault) {
            refusal.of(faults.codeOf(fault));
            rejectCommand();
            faults.halt(reader, templateId);
        }
    }

    private void rejectCommand(final RejectCode code) {
        refusal.of(code);
        rejectCommand();
    }

    /** Orders, replaces and cancels have reject messages of their own. */
    private void rejectCommand() {
        switch (request.templateId) {
            case NewOrderDecoder.TEMPLATE_ID -> reports.reject(request, reader.newOrder(), refusal);
            case ReplaceDecoder.TEMPLATE_ID -> reports.replaceReject(request, reader.replace(), refusal);
            case CancelDecoder.TEMPLATE_ID -> reports.cancelReject(request, reader.cancel(), refusal);
            default -> reports.businessReject(request, refusal);
        }
    }

    private void reject(final RejectCode code) {
        refusal.of(code);
        reports.businessReject(request, refusal);
    }

    // From a gateway

    private void fromGateway(final int shape, final int templateId) {
        if (shape != MessageShape.SOUND) {
            reject(RejectCode.get(shape));
            return;
        }
        final int gateway = sessions.gatewayWithId(frame.gatewayId());
        if (gateway < 0) {
            reject(CAPACITY);
            return;
        }
        leases.heard(gateway);
        switch (templateId) {
            case GatewayAliveDecoder.TEMPLATE_ID -> {
                // To be heard is its whole effect.
            }
            case GatewayStartDecoder.TEMPLATE_ID -> gatewayDesk.onGatewayStart(request, gateway, reader.gatewayStart());
            case SessionOpenDecoder.TEMPLATE_ID -> gatewayDesk.onSessionOpen(gateway, reader.sessionOpen());
            case SessionClosedDecoder.TEMPLATE_ID -> gatewayDesk.onSessionClosed(gateway, reader.sessionClosed());
            default -> reject(SESSION_SCOPE);
        }
    }

    // From the sequencer

    private void fromSequencer(final int shape, final int templateId) {
        if (shape != MessageShape.SOUND) {
            reject(RejectCode.get(shape));
            return;
        }
        switch (templateId) {
            case ClockTickDecoder.TEMPLATE_ID -> {
                priceDesk.clock();
                margin.noteOpenInterest();
                fundingClock.onTick(counters.nowNs());
                shortfalls.onTick(reader.clockTick().tickTimeNs());
                conversions.onClockTick();
                scanWatch.onClockTick(market.states);
                marginUpdates.due();
                market.tickReports.due(reader.clockTick().tickTimeNs());
            }
            case SnapshotMarkDecoder.TEMPLATE_ID -> {
                // For the replicas around the core.
            }
            case SkipSeqDecoder.TEMPLATE_ID -> faults.onSkip(request, reader.skipSeq());
            case EpochStartDecoder.TEMPLATE_ID ->
                counters.epoch(reader.epochStart().epoch());
            case NodeStatusDecoder.TEMPLATE_ID -> {
                final NodeStatusDecoder status = reader.nodeStatus();
                counters.nodeStatus(status.nodeId(), status.stateRaw());
                onDisk(frame.sequence(), status.state());
            }
            default -> reject(SESSION_SCOPE);
        }
    }

    /** A node whose disk runs full: what makes the log longer than cancelling does waits until there is room again. */
    private void onDisk(final long sequence, final NodeState state) {
        if (state == NodeState.DISK_LOW && !counters.isDiskLow()) {
            counters.diskLow(true);
            reports.venueStatus(sequence, true, StateReason.DISK_LOW);
        } else if (state == NodeState.RECOVERED && counters.isDiskLow()) {
            counters.diskLow(false);
            reports.venueStatus(sequence, counters.isCancelOnly(), StateReason.RECOVERED);
        }
    }

    // What others may see

    @Override
    public RuntimeException takeFault() {
        return faults.take();
    }

    @Override
    public long hash(final Noun noun) {
        return state.hash(noun);
    }

    @Override
    public long scrub(final long number) {
        return scrub.hash(state, number);
    }

    @Override
    public String scrubbed(final long number) {
        return scrub.describe(state, number);
    }

    /** XXH64 over the four noun hashes, in order, as 32 little-endian bytes. */
    public long stateHash() {
        return stateHash.of(this);
    }

    /** Accounts, cash and positions: for the risk scan, which reads only. */
    public Ledger ledger() {
        return ledger;
    }

    /** Index and mark: for the risk scan, which reads only. */
    public Marks marks() {
        return marks;
    }

    /** What every bucket has and needs: for the risk scan, which judges by nothing else. */
    public Margin margin() {
        return margin;
    }

    /** The state in words and numbers, for queries and printing. */
    public Inspection inspection() {
        return inspection;
    }

    /**
     * Recomputes every hash, running total and identity from the cells. Slow.
     *
     * @throws InvariantViolation when one is not what was kept.
     */
    public void verifyInFull() {
        state.verify();
        inspection.verifyOrderSums();
    }

    /** All of it, to be hashed, checked, saved. */
    VenueState state() {
        return state;
    }

    @Override
    public void save(final StateImage image) {
        state.save(image);
    }

    @Override
    public void load(final StateImage image) {
        state.load(image);
    }
}
