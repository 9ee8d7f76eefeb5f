package org.isochron.matcher.venue;

import static org.isochron.codecs.RejectCode.BAD_VALUE;
import static org.isochron.codecs.RejectCode.CAPACITY;
import static org.isochron.codecs.RejectCode.NOT_LEADER;
import static org.isochron.codecs.RejectCode.SESSION_NOT_OPEN;
import static org.isochron.codecs.RejectCode.SESSION_SCOPE;
import static org.isochron.codecs.RejectCode.UNKNOWN_SESSION;

import org.isochron.codecs.AccountDefineDecoder;
import org.isochron.codecs.AssetDefineDecoder;
import org.isochron.codecs.CalendarTransitionDecoder;
import org.isochron.codecs.CancelDecoder;
import org.isochron.codecs.ClockTickDecoder;
import org.isochron.codecs.ClosedRulesDecoder;
import org.isochron.codecs.CollateralDefineDecoder;
import org.isochron.codecs.DeadManDecoder;
import org.isochron.codecs.DeleveragePlacesDecoder;
import org.isochron.codecs.DepositDecoder;
import org.isochron.codecs.EpochStartDecoder;
import org.isochron.codecs.FirmDefineDecoder;
import org.isochron.codecs.FundingOrderDecoder;
import org.isochron.codecs.FundingRulesDecoder;
import org.isochron.codecs.GatewayAliveDecoder;
import org.isochron.codecs.GatewayStartDecoder;
import org.isochron.codecs.HolderConcentrationDecoder;
import org.isochron.codecs.IndexRulesDecoder;
import org.isochron.codecs.InstrumentDefineDecoder;
import org.isochron.codecs.InstrumentStateDecoder;
import org.isochron.codecs.InstrumentUpdateDecoder;
import org.isochron.codecs.KillReleaseDecoder;
import org.isochron.codecs.KillSwitchDecoder;
import org.isochron.codecs.LiquidationProposalDecoder;
import org.isochron.codecs.LiquidationRulesDecoder;
import org.isochron.codecs.MarginTierSetDecoder;
import org.isochron.codecs.MarkRulesDecoder;
import org.isochron.codecs.MassCancelDecoder;
import org.isochron.codecs.MassQuoteDecoder;
import org.isochron.codecs.MmpConfigDecoder;
import org.isochron.codecs.MmpResetDecoder;
import org.isochron.codecs.NewOrderDecoder;
import org.isochron.codecs.NodeState;
import org.isochron.codecs.NodeStatusDecoder;
import org.isochron.codecs.PriceTickDecoder;
import org.isochron.codecs.QuoteCancelDecoder;
import org.isochron.codecs.RejectCode;
import org.isochron.codecs.ReplaceDecoder;
import org.isochron.codecs.ScanCompletedDecoder;
import org.isochron.codecs.SessionClosedDecoder;
import org.isochron.codecs.SessionDefineDecoder;
import org.isochron.codecs.SessionOpenDecoder;
import org.isochron.codecs.SetLeverageDecoder;
import org.isochron.codecs.SkipSeqDecoder;
import org.isochron.codecs.SnapshotMarkDecoder;
import org.isochron.codecs.StateHashReportDecoder;
import org.isochron.codecs.StateReason;
import org.isochron.codecs.TransferDecoder;
import org.isochron.codecs.VenueDefineDecoder;
import org.isochron.codecs.WithdrawDecoder;
import org.isochron.codecs.frame.Frame;
import org.isochron.codecs.frame.FrameType;
import org.isochron.codecs.frame.VerifiedBuffer;
import org.isochron.codecs.shape.Entitlement;
import org.isochron.codecs.shape.MessageShape;
import org.isochron.codecs.shape.SessionMessage;
import org.isochron.matcher.book.Books;
import org.isochron.risk.funding.Funding;
import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.liquidation.FundLimits;
import org.isochron.risk.liquidation.MarketSettlement;
import org.isochron.risk.liquidation.SettledBuckets;
import org.isochron.risk.margin.Gate;
import org.isochron.risk.margin.Margin;
import org.isochron.risk.marks.Marks;
import org.isochron.risk.state.Capacities;
import org.isochron.risk.state.InvariantViolation;
import org.isochron.risk.state.Scrub;
import org.isochron.risk.state.StateOwner;
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
    private final Books books;
    private final Margin margin;
    private final WorkQueue work;
    private final Protections protections;
    private final Market market;
    private final EventWriter events;
    private final MarketData marketData;
    private final Reports reports;
    private final MarginUpdates marginUpdates;
    private final IsolatedMargin isolated;
    private final Shortfalls shortfalls;
    private final ReduceOnly reduceOnly;
    private final MakerSide makers;
    private final PendingWork pendingWork;
    private final Leases leases;
    private final Timers timers;
    private final MarketRound marketRound;
    private final NewOrderDesk newOrderDesk;
    private final ReplaceDesk replaceDesk;
    private final CancelDesk cancelDesk;
    private final MassCancelDesk massCancelDesk;
    private final MassQuoteDesk massQuoteDesk;
    private final QuoteCancelDesk quoteCancelDesk;
    private final KillDesk killDesk;
    private final ProtectionDesk protectionDesk;
    private final LeverageDesk leverageDesk;
    private final TransferDesk transferDesk;
    private final CollateralDesk collateralDesk;
    private final Conversions conversions;
    private final CashDesk cashDesk;
    private final PriceDesk priceDesk;
    private final RuleAdoption ruleAdoption;
    private final InstrumentDesk instrumentDesk;
    private final UpdateDesk updateDesk;
    private final FundingRulesDesk fundingRulesDesk;
    private final FundingOrderDesk fundingOrderDesk;
    private final FundingClock fundingClock;
    private final LiquidationRulesDesk liquidationRulesDesk;
    private final MarginTierDesk marginTierDesk;
    private final DefinitionDesk definitionDesk;
    private final StateDesk stateDesk;
    private final CalendarDesk calendarDesk;
    private final IndexRulesDesk indexRulesDesk;
    private final MarkRulesDesk markRulesDesk;
    private final ClosedRulesDesk closedRulesDesk;
    private final SessionDesk sessionDesk;
    private final VenueDesk venueDesk;
    private final GatewayDesk gatewayDesk;
    private final RiskDesk riskDesk;
    private final PlacesDesk placesDesk;
    private final HashDesk hashDesk;
    private final ScanWatch scanWatch;
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
        final int accounts = capacities.accounts() + Ledger.SYSTEM_ACCOUNTS;
        counters = new Counters(capacities);
        ledger = new Ledger(capacities);
        sessions = new Sessions(capacities, ledger);
        books = new Books(capacities);
        final LastPrices lastPrices = new LastPrices(capacities.instruments());
        final ImpactPrices impactPrices = new ImpactPrices(books, ledger.instruments());
        final BookView bookView = new BookView(ledger.instruments(), books, lastPrices, impactPrices);
        marks = new Marks(ledger, bookView, capacities.instruments());
        work = new WorkQueue(capacities, accounts);
        protections = new Protections(capacities, books, ledger, counters);
        events = new EventWriter(counters, sessions);
        final ChangedInstruments changed = new ChangedInstruments(capacities.instruments());
        marketData = new MarketData(events, ledger, marks, books, changed, lastPrices, capacities.instruments());
        final Bands bands = new Bands(ledger.instruments(), marks);
        scanWatch = new ScanWatch(sessions, ledger, counters, capacities.sessions());
        final TradingStates states = new TradingStates(
                ledger, books, bands, counters, marketData, changed, work, scanWatch, capacities.instruments());
        final AuctionPrice auctionPrice = new AuctionPrice(books);
        final Collars collars = new Collars(ledger.instruments(), marks, lastPrices, states);
        market = new Market(
                changed,
                lastPrices,
                new TriggerBook(books, changed, work, capacities),
                states,
                new TickReports(
                        ledger.instruments(),
                        books,
                        auctionPrice,
                        collars,
                        work,
                        marketData,
                        capacities.instruments()));
        marketRound = new MarketRound(ledger.instruments(), marks, market, events, work);
        reports = new Reports(events, sessions, ledger, books);

        margin = new Margin(ledger, marks, books);
        final Gate gate = new Gate(ledger, marks, margin);
        final SessionReports sessionReports = new SessionReports(events, sessions, ledger);
        final LiquidationReports liquidationReports = new LiquidationReports(events, sessions, ledger, marks, margin);
        marginUpdates = new MarginUpdates(sessions, ledger, margin, events);
        final FundLimits limits = new FundLimits(ledger, margin, marks);
        final OpenBooks openBooks = new OpenBooks(ledger, marks, limits, counters, events);
        shortfalls = new Shortfalls(limits, openBooks, capacities);
        isolated = new IsolatedMargin(capacities, ledger, gate, events, reports, limits, openBooks);
        final Reservations reservations = new Reservations(books, ledger, isolated);
        final Cancels cancels = new Cancels(
                books,
                ledger,
                reservations,
                isolated,
                events,
                reports,
                marketData,
                protections.timers,
                market.triggers);
        reduceOnly = new ReduceOnly(capacities, books, ledger.positions(), cancels, events);
        final Funding funding = new Funding(ledger, marks);
        final FundingReports fundingReports = new FundingReports(events, sessions, ledger, marks, funding);
        final FundingSettlement fundingSettlement = new FundingSettlement(ledger, fundingReports);
        marks.funding(funding);
        final Settlement settlement = new Settlement(ledger, books, gate, reservations, reduceOnly, fundingSettlement);
        final FundingAuctions fundingAuctions = new FundingAuctions(
                funding, ledger, marks, settlement, isolated, events, reports, fundingReports, work);
        fundingClock = new FundingClock(ledger, funding, bookView, fundingReports, fundingAuctions);
        final ProtectionReports protectionReports = new ProtectionReports(events, ledger, protections.mmpGroups);
        final MmpTriggers mmpTriggers = new MmpTriggers(protections.mmpGroups, books, protectionReports, cancels, work);
        final TakerDelay takerDelay = new TakerDelay(ledger.instruments(), books, protections.timers, counters);
        makers = new MakerSide(
                capacities, books, events, reports, marketData, cancels, settlement, reduceOnly, mmpTriggers);
        final SelfTrade selfTrade = new SelfTrade(ledger, books, cancels);
        final FillOrKill fillOrKill = new FillOrKill(books, ledger, gate, settlement, selfTrade, events);
        final Matching matching = new Matching(
                books,
                ledger,
                events,
                reports,
                marketData,
                cancels,
                settlement,
                makers,
                selfTrade,
                reduceOnly,
                fillOrKill,
                mmpTriggers,
                takerDelay,
                work);
        final TrancheSweep trancheSweep =
                new TrancheSweep(books, ledger, events, reports, settlement, makers, mmpTriggers);
        conversions = new Conversions(ledger, marks, margin, counters, events, reports, limits, openBooks);
        final Deleveraging deleveraging = new Deleveraging(
                ledger,
                marks,
                margin,
                fundingSettlement,
                settlement,
                isolated,
                events,
                new DeleverageReports(events, sessions, ledger, marks),
                openBooks);
        final SettledBuckets settled = new SettledBuckets(ledger, capacities);
        final LastResort lastResort = new LastResort(
                ledger,
                marks,
                new MarketSettlement(ledger, marks, margin, limits, settled),
                settled,
                market.states,
                work,
                books,
                cancels,
                fundingSettlement,
                isolated,
                events,
                new SettlementReports(events, sessions, ledger),
                openBooks);
        final Liquidations liquidations = new Liquidations(
                ledger,
                margin,
                limits,
                counters,
                events,
                reports,
                liquidationReports,
                openBooks,
                cancels,
                trancheSweep,
                deleveraging,
                lastResort,
                isolated,
                conversions,
                work,
                shortfalls.open,
                fundingSettlement);
        shortfalls.carriedOutBy(
                liquidations,
                lastResort,
                new Unwinding(ledger, marks, counters, events, fundingSettlement, trancheSweep, openBooks, work));
        final Auctions auctions = new Auctions(
                books,
                auctionPrice,
                collars,
                market.states,
                events,
                reports,
                marketData,
                cancels,
                settlement,
                makers,
                selfTrade,
                reduceOnly,
                mmpTriggers,
                work);
        final OrderChecks checks = new OrderChecks(
                sessions,
                ledger,
                marks,
                books,
                margin,
                gate,
                counters,
                work,
                market.states,
                scanWatch,
                bands,
                protections);
        final Activation activation =
                new Activation(books, ledger.positions(), checks, reservations, isolated, events, reports, cancels);
        final FiredStops firedStops =
                new FiredStops(ledger.instruments(), books, market.triggers, activation, matching, events, work);
        pendingWork = new PendingWork(
                work,
                books,
                ledger.positions(),
                cancels,
                matching,
                liquidations,
                auctions,
                firedStops,
                fundingAuctions,
                lastResort);

        leases = new Leases(sessions, counters, books, sessionReports, work);
        final DelayedOrders delayedOrders = new DelayedOrders(
                ledger.instruments(), books, checks, protections.timers, events, reports, cancels, matching, work);
        timers = new Timers(leases, market.states, protections, delayedOrders, cancels, work, counters, events);
        final OrderLookup lookup = new OrderLookup(sessions, books, ledger.positions());
        final OrderEntry entry = new OrderEntry(ledger, books, reservations, isolated, protections.timers, events);
        newOrderDesk = new NewOrderDesk(
                sessions, checks, entry, events, reports, matching, market.triggers, ledger.instruments(), work);
        replaceDesk = new ReplaceDesk(sessions, books, checks, lookup, entry, reports, marketData, matching, work);
        cancelDesk = new CancelDesk(sessions, ledger, lookup, reports, cancels);
        final FirmCancels firmCancels = new FirmCancels(sessions, cancels, work);
        massCancelDesk = new MassCancelDesk(
                sessions, ledger, protections.mmpGroups, reports, cancels, firmCancels, work, pendingWork);
        killDesk = new KillDesk(
                sessions,
                ledger,
                protections.kills,
                reports,
                protectionReports,
                cancels,
                firmCancels,
                work,
                pendingWork);
        protectionDesk =
                new ProtectionDesk(sessions, ledger, protections.mmpGroups, protections.deadMen, counters, reports);
        final QuoteSide quoteSide =
                new QuoteSide(ledger, books, protections.mmpGroups, checks, entry, marketData, cancels, matching, work);
        massQuoteDesk = new MassQuoteDesk(
                sessions, ledger, protections, quoteSide, events, reports, new QuoteReports(events), work);
        quoteCancelDesk = new QuoteCancelDesk(sessions, ledger, reports, protectionReports, books, work, pendingWork);
        leverageDesk = new LeverageDesk(sessions, ledger, margin, gate, reports);
        cashDesk = new CashDesk(ledger, gate, reports, fundingSettlement, openBooks);
        priceDesk = new PriceDesk(sessions, ledger, marks, market.states, work, counters, reports, marketData, changed);
        transferDesk = new TransferDesk(sessions, ledger, marks, gate, reports, fundingSettlement);
        collateralDesk = new CollateralDesk(ledger, reports);
        ruleAdoption = new RuleAdoption(ledger, marks, events, reports, marketData, changed);
        instrumentDesk = new InstrumentDesk(ledger, reports, marketData);
        updateDesk = new UpdateDesk(ledger, ruleAdoption, reports);
        indexRulesDesk = new IndexRulesDesk(ledger.rules().index(), ruleAdoption, reports);
        markRulesDesk = new MarkRulesDesk(ledger.rules().mark(), ruleAdoption, reports);
        closedRulesDesk = new ClosedRulesDesk(ledger, ruleAdoption, reports);
        fundingRulesDesk = new FundingRulesDesk(ledger, ruleAdoption, reports);
        fundingOrderDesk = new FundingOrderDesk(sessions, ledger, funding, counters, reports);
        liquidationRulesDesk = new LiquidationRulesDesk(ledger, ruleAdoption, reports);
        marginTierDesk = new MarginTierDesk(ledger, ruleAdoption, reports);
        definitionDesk = new DefinitionDesk(sessions, ledger, reports);
        calendarDesk = new CalendarDesk(ledger, marks, market.states, work, counters, reports, marketData, changed);
        stateDesk = new StateDesk(ledger.instruments(), market.states, work, lastResort, reports);
        sessionDesk = new SessionDesk(sessions, ledger, leases, reports);
        gatewayDesk = new GatewayDesk(sessions, counters, leases, reports, sessionReports);
        placesDesk = new PlacesDesk(sessions, ledger, events, reports);
        riskDesk = new RiskDesk(
                ledger, margin, counters, scanWatch, events, reports, liquidationReports, liquidations, pendingWork);
        hashDesk = new HashDesk(sessions, counters, events, reports, capacities.sessions());
        venueDesk = new VenueDesk(
                ledger,
                marks,
                books,
                sessions,
                counters,
                marketData,
                work,
                protections,
                market,
                fundingClock,
                hashDesk,
                scanWatch,
                reports,
                reduceOnly,
                isolated,
                shortfalls,
                makers);
        state = new VenueState(
                counters,
                new StateOwner[] {ledger},
                new StateOwner[] {marks, fundingClock},
                new StateOwner[] {
                    books,
                    work,
                    protections,
                    market,
                    marketData,
                    reduceOnly,
                    isolated,
                    shortfalls,
                    makers,
                    visitor -> visitor.derived(margin)
                },
                new StateOwner[] {sessions, hashDesk, scanWatch});
        faults = new Faults(sessions, ledger.instruments(), market.states, events, reports);
        faults.watch(state);
        inspection = new Inspection(this, ledger, marks, margin, books, reservations, counters, sessions, work);
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
            command(templateId);
        } catch (final RuntimeException fault) {
            refusal.of(faults.codeOf(fault));
            rejectCommand();
            faults.halt(reader, templateId);
        }
    }

    private void command(final int templateId) {
        switch (templateId) {
            case NewOrderDecoder.TEMPLATE_ID -> newOrderDesk.onNewOrder(request, reader.newOrder());
            case ReplaceDecoder.TEMPLATE_ID -> replaceDesk.onReplace(request, reader.replace());
            case CancelDecoder.TEMPLATE_ID -> cancelDesk.onCancel(request, reader.cancel());
            case MassCancelDecoder.TEMPLATE_ID -> massCancelDesk.onMassCancel(request, reader.massCancel());
            case MassQuoteDecoder.TEMPLATE_ID -> massQuoteDesk.onMassQuote(request, reader.massQuote());
            case QuoteCancelDecoder.TEMPLATE_ID -> quoteCancelDesk.onQuoteCancel(request, reader.quoteCancel());
            case MmpConfigDecoder.TEMPLATE_ID -> protectionDesk.onMmpConfig(request, reader.mmpConfig());
            case MmpResetDecoder.TEMPLATE_ID -> protectionDesk.onMmpReset(request, reader.mmpReset());
            case FundingOrderDecoder.TEMPLATE_ID -> fundingOrderDesk.onFundingOrder(request, reader.fundingOrder());
            case DeadManDecoder.TEMPLATE_ID -> protectionDesk.onDeadMan(request, reader.deadMan());
            case KillSwitchDecoder.TEMPLATE_ID -> killDesk.onKill(request, reader.killSwitch());
            case KillReleaseDecoder.TEMPLATE_ID -> killDesk.onRelease(request, reader.killRelease());
            case PriceTickDecoder.TEMPLATE_ID -> priceDesk.onPriceTick(request, reader.priceTick());
            case SetLeverageDecoder.TEMPLATE_ID -> leverageDesk.onSetLeverage(request, reader.setLeverage());
            case TransferDecoder.TEMPLATE_ID -> transferDesk.onTransfer(request, reader.transfer());
            case DepositDecoder.TEMPLATE_ID -> cashDesk.onDeposit(request, reader.deposit());
            case WithdrawDecoder.TEMPLATE_ID -> cashDesk.onWithdraw(request, reader.withdraw());
            case LiquidationProposalDecoder.TEMPLATE_ID -> riskDesk.onProposal(request, reader.proposal());
            case ScanCompletedDecoder.TEMPLATE_ID -> riskDesk.onScanCompleted(request, reader.scanCompleted());
            case DeleveragePlacesDecoder.TEMPLATE_ID -> placesDesk.onPlaces(request, reader.deleveragePlaces());
            case HolderConcentrationDecoder.TEMPLATE_ID ->
                placesDesk.onConcentration(request, reader.holderConcentration());
            case StateHashReportDecoder.TEMPLATE_ID -> hashDesk.onReport(request, reader.stateHashReport());
            case SnapshotMarkDecoder.TEMPLATE_ID -> reports.accepted(request);
            default -> definition(templateId);
        }
    }

    private void definition(final int templateId) {
        switch (templateId) {
            case AssetDefineDecoder.TEMPLATE_ID -> definitionDesk.onAsset(request, reader.assetDefine());
            case InstrumentDefineDecoder.TEMPLATE_ID ->
                instrumentDesk.onInstrumentDefine(request, reader.instrumentDefine());
            case FundingRulesDecoder.TEMPLATE_ID -> fundingRulesDesk.onFundingRules(request, reader.fundingRules());
            case InstrumentUpdateDecoder.TEMPLATE_ID ->
                updateDesk.onInstrumentUpdate(request, reader.instrumentUpdate());
            case LiquidationRulesDecoder.TEMPLATE_ID ->
                liquidationRulesDesk.onLiquidationRules(request, reader.liquidationRules());
            case MarginTierSetDecoder.TEMPLATE_ID -> marginTierDesk.onMarginTierSet(request, reader.marginTierSet());
            case CollateralDefineDecoder.TEMPLATE_ID -> collateralDesk.onCollateral(request, reader.collateralDefine());
            case FirmDefineDecoder.TEMPLATE_ID -> definitionDesk.onFirm(request, reader.firmDefine());
            case AccountDefineDecoder.TEMPLATE_ID -> definitionDesk.onAccount(request, reader.accountDefine());
            case SessionDefineDecoder.TEMPLATE_ID -> sessionDesk.onSession(request, reader.sessionDefine());
            case VenueDefineDecoder.TEMPLATE_ID -> venueDesk.onVenue(request, reader.venueDefine());
            case InstrumentStateDecoder.TEMPLATE_ID -> stateDesk.onInstrumentState(request, reader.instrumentState());
            case CalendarTransitionDecoder.TEMPLATE_ID ->
                calendarDesk.onCalendarTransition(request, reader.calendarTransition());
            case IndexRulesDecoder.TEMPLATE_ID -> indexRulesDesk.onIndexRules(request, reader.indexRules());
            case MarkRulesDecoder.TEMPLATE_ID -> markRulesDesk.onMarkRules(request, reader.markRules());
            case ClosedRulesDecoder.TEMPLATE_ID -> closedRulesDesk.onClosedRules(request, reader.closedRules());
            default -> reject(RejectCode.UNKNOWN_TEMPLATE);
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
        state.load(image, venueDesk);
    }
}
