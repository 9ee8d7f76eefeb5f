package org.isochron.matcher.twin;

import static org.isochron.codecs.RejectCode.BAD_VALUE;
import static org.isochron.codecs.RejectCode.NOT_LEADER;
import static org.isochron.codecs.RejectCode.SESSION_NOT_OPEN;
import static org.isochron.codecs.RejectCode.SESSION_SCOPE;
import static org.isochron.codecs.RejectCode.UNKNOWN_SESSION;

import java.util.List;
import java.util.function.LongToIntFunction;
import org.agrona.DirectBuffer;
import org.isochron.codecs.AccountDefineDecoder;
import org.isochron.codecs.AssetDefineDecoder;
import org.isochron.codecs.CancelDecoder;
import org.isochron.codecs.CancelReason;
import org.isochron.codecs.ClockTickDecoder;
import org.isochron.codecs.DeadManDecoder;
import org.isochron.codecs.DepositDecoder;
import org.isochron.codecs.EpochStartDecoder;
import org.isochron.codecs.FirmDefineDecoder;
import org.isochron.codecs.GatewayStartDecoder;
import org.isochron.codecs.InstrumentDefineDecoder;
import org.isochron.codecs.InstrumentStateDecoder;
import org.isochron.codecs.KillReleaseDecoder;
import org.isochron.codecs.KillSwitchDecoder;
import org.isochron.codecs.MassCancelDecoder;
import org.isochron.codecs.MassQuoteDecoder;
import org.isochron.codecs.MessageHeaderDecoder;
import org.isochron.codecs.MmpConfigDecoder;
import org.isochron.codecs.MmpResetDecoder;
import org.isochron.codecs.NewOrderDecoder;
import org.isochron.codecs.PriceTickDecoder;
import org.isochron.codecs.QuoteCancelDecoder;
import org.isochron.codecs.ReplaceDecoder;
import org.isochron.codecs.SessionClosedDecoder;
import org.isochron.codecs.SessionDefineDecoder;
import org.isochron.codecs.SessionOpenDecoder;
import org.isochron.codecs.VenueDefineDecoder;
import org.isochron.codecs.WithdrawDecoder;
import org.isochron.codecs.frame.Frame;
import org.isochron.codecs.frame.FrameType;
import org.isochron.codecs.shape.Entitlement;
import org.isochron.codecs.shape.MessageShape;
import org.isochron.codecs.shape.SessionMessage;

/**
 * The venue as its rules read. Order of work in a command: time, timers that are due, work that waits, the command itself,
 * work again, reduce-only orders of positions that changed, bands and triggers, work, best prices, what a clock tick tells.
 */
final class NaiveVenue {
    private static final long PAUSE_NS = 2_000_000_000L;

    final World world;
    private final Events events;
    private final Reports reports;
    private final Refusals refusals;
    private final Timers timers;
    private final Lifecycle lifecycle;
    private final Matching matching;
    private final Arrivals arrivals;
    private final OrderEntry orderEntry;
    private final OrderChange orderChange;
    private final MassCancels massCancels;
    private final MassQuotes massQuotes;
    private final Guards guards;
    private final Auction auction;
    private final States states;
    private final Prices prices;
    private final Cash cash;
    private final Connections connections;
    private final Definitions definitions;
    private final Ticks ticks;

    /** @param numberOf the number of the order that the venue calls by an id, or -1: for commands that name it so. */
    NaiveVenue(final PriorityRule priorityRule, final LongToIntFunction numberOf) {
        world = new World(priorityRule);
        events = new Events(world);
        reports = new Reports(world, events);
        refusals = new Refusals(events);
        timers = new Timers();
        lifecycle = new Lifecycle(world, reports, timers);
        final Margins margins = new Margins();
        final Protection protection = new Protection(world, events, lifecycle);
        final Checks checks = new Checks(world, margins);
        matching = new Matching(world, events, reports, lifecycle, margins, protection);
        arrivals = new Arrivals(world, reports, lifecycle, matching, checks, timers);
        orderEntry = new OrderEntry(world, reports, lifecycle, matching, arrivals, checks, timers);
        orderChange = new OrderChange(world, reports, lifecycle, matching, arrivals, checks, numberOf);
        massCancels = new MassCancels(world, events, lifecycle, checks);
        massQuotes = new MassQuotes(world, events, reports, lifecycle, matching, arrivals, checks);
        guards = new Guards(world, lifecycle, massCancels, checks);
        auction = new Auction(events, reports, lifecycle, matching, margins, protection);
        states = new States(world, reports, auction, checks);
        prices = new Prices(world, reports, checks);
        cash = new Cash(world, events, margins);
        connections = new Connections(world, events, lifecycle);
        definitions = new Definitions(world, events);
        ticks = new Ticks(world, events, auction);
    }

    /** Events that the command in the frame must cause. */
    List<String> onFrame(final Frame frame) {
        events.begin();
        world.begin(frame.sequence());
        final DirectBuffer buffer = frame.buffer();
        final int templateId = MessageShape.templateId(buffer, frame.payloadOffset());
        final boolean sound =
                MessageShape.check(buffer, frame.payloadOffset(), frame.payloadLength()) == MessageShape.SOUND;
        if (!sound) {
            throw new IllegalArgumentException("a storm sends sound messages only, template " + templateId);
        }
        advance(
                frame.timestampNs(),
                frame.frameType() == FrameType.SEQUENCER && templateId == EpochStartDecoder.TEMPLATE_ID);
        work();
        matching.shrinkSiblings();
        world.arrivalNs = frame.arrivalNs();
        switch (frame.frameType()) {
            case FrameType.SESSION -> fromSession(frame, templateId);
            case FrameType.GATEWAY -> fromGateway(frame, templateId);
            default -> fromSequencer(templateId);
        }
        work();
        matching.shrinkSiblings();
        world.instrumentsBySlot.forEach(states::checkBand);
        arrivals.fireStops();
        work();
        matching.shrinkSiblings();
        reports.tops();
        if (frame.frameType() == FrameType.SEQUENCER && templateId == ClockTickDecoder.TEMPLATE_ID) {
            world.instrumentsBySlot.forEach(ticks::tell);
        }
        return events.told();
    }

    private void work() {
        while (!world.work.isEmpty()) {
            world.work.removeFirst().run();
        }
    }

    // Time

    private void advance(final long timestampNs, final boolean epochStarts) {
        final boolean paused = timestampNs - world.nowNs > PAUSE_NS;
        world.nowNs = timestampNs;
        if (paused || epochStarts) {
            restartLeases();
            world.instrumentsBySlot.forEach(prices::forget);
        }
        while (fireNext()) {
            continue;
        }
    }

    /** After a pause every lease and dead-man timer starts again with its full window. */
    private void restartLeases() {
        for (final Gateway gateway : world.gateways.values()) {
            gateway.lastHeardNs = world.nowNs;
        }
        for (final Session session : world.sessionsBySlot) {
            session.codDueNs = session.codDueNs == 0 ? 0 : world.nowNs + session.codWindowNs;
        }
        for (final Account account : world.accountsBySlot) {
            account.deadManDueNs = account.deadManDueNs == 0 ? 0 : world.nowNs + account.deadManNs;
        }
    }

    /** Fires the timer due first: of those due at once, gateways, sessions, instruments, orders, accounts. */
    private boolean fireNext() {
        long due = world.nowNs + 1;
        Runnable first = null;
        for (final Gateway gateway : world.gateways.values()) {
            if (gateway.alive && connections.silentAtNs(gateway) < due) {
                due = connections.silentAtNs(gateway);
                first = () -> connections.fallSilent(gateway);
            }
        }
        for (final Session session : world.sessions.values()) {
            if (session.codDueNs != 0 && session.codDueNs < due) {
                due = session.codDueNs;
                first = () -> connections.cancelOrders(session);
            }
        }
        for (final Instrument instrument : world.instrumentsBySlot) {
            if (instrument.nextChangeNs != 0 && instrument.nextChangeNs < due) {
                due = instrument.nextChangeNs;
                first = () -> states.onTimer(instrument);
            }
        }
        if (timers.nextDueNs() < due) {
            due = timers.nextDueNs();
            first = () -> fire(timers.first());
        }
        for (final Account account : world.accountsBySlot) {
            if (account.deadManDueNs != 0 && account.deadManDueNs < due) {
                due = account.deadManDueNs;
                first = () -> guards.lapse(account);
            }
        }
        if (first == null) {
            return false;
        }
        first.run();
        return true;
    }

    private void fire(final Order order) {
        timers.disarm(order);
        final boolean delayed = order.stage == Order.Stage.DELAYED;
        if (delayed && (order.expireNs == 0 || order.releaseNs < order.expireNs)) {
            arrivals.release(order);
        } else {
            lifecycle.cancel(order, CancelReason.EXPIRY);
        }
    }

    // From a session

    private void fromSession(final Frame frame, final int templateId) {
        final long sessionId = frame.source() & 0xFFFF_FFFFL;
        final Session session = world.sessions.get(sessionId);
        final Gateway gateway = world.gateways.get(frame.gatewayId());
        if (gateway != null) {
            connections.heard(gateway);
        }
        final long seqNum = SessionMessage.seqNum(frame.buffer(), frame.payloadOffset());
        if (session == null) {
            refusals.toStranger(
                    sessionId, templateId, new Refused(UNKNOWN_SESSION, Refused.NO_FIELD, sessionId, Line.NONE));
            return;
        }
        final Request request = new Request(session, seqNum, templateId, frame.buffer(), body(frame));
        try {
            checkConnection(session, gateway, seqNum);
        } catch (final Refused refused) {
            refusals.tell(request, refused);
            return;
        }
        if (seqNum <= session.lastIncoming) {
            return;
        }
        session.lastIncoming = seqNum;
        try {
            Refused.when(!Entitlement.allows(session.role, templateId), SESSION_SCOPE);
            apply(request);
        } catch (final Refused refused) {
            refusals.tell(request, refused);
        }
    }

    private static int body(final Frame frame) {
        return frame.payloadOffset() + MessageHeaderDecoder.ENCODED_LENGTH;
    }

    private static void checkConnection(final Session session, final Gateway gateway, final long seqNum) {
        Refused.when(session.gateway == null, SESSION_NOT_OPEN);
        Refused.when(session.gateway != gateway, NOT_LEADER);
        Refused.when(seqNum == Line.NO_U32, BAD_VALUE, NewOrderDecoder.seqNumId(), Line.NONE);
    }

    private void apply(final Request request) {
        final DirectBuffer buffer = request.buffer();
        final int body = request.body();
        final Session session = request.session();
        final long seqNum = request.seqNum();
        switch (request.templateId()) {
            case NewOrderDecoder.TEMPLATE_ID ->
                orderEntry.onNewOrder(
                        session, seqNum, new NewOrderDecoder().wrap(buffer, body, NewOrderDecoder.BLOCK_LENGTH, 0));
            case ReplaceDecoder.TEMPLATE_ID ->
                orderChange.onReplace(
                        session, seqNum, new ReplaceDecoder().wrap(buffer, body, ReplaceDecoder.BLOCK_LENGTH, 0));
            case CancelDecoder.TEMPLATE_ID ->
                orderChange.onCancel(
                        session, seqNum, new CancelDecoder().wrap(buffer, body, CancelDecoder.BLOCK_LENGTH, 0));
            case MassCancelDecoder.TEMPLATE_ID ->
                massCancels.onMassCancel(
                        session, seqNum, new MassCancelDecoder().wrap(buffer, body, MassCancelDecoder.BLOCK_LENGTH, 0));
            case QuoteCancelDecoder.TEMPLATE_ID ->
                massCancels.onQuoteCancel(
                        session,
                        seqNum,
                        new QuoteCancelDecoder().wrap(buffer, body, QuoteCancelDecoder.BLOCK_LENGTH, 0));
            case MassQuoteDecoder.TEMPLATE_ID ->
                massQuotes.onMassQuote(
                        session, seqNum, new MassQuoteDecoder().wrap(buffer, body, MassQuoteDecoder.BLOCK_LENGTH, 0));
            case KillSwitchDecoder.TEMPLATE_ID ->
                guards.onKillSwitch(
                        session, seqNum, new KillSwitchDecoder().wrap(buffer, body, KillSwitchDecoder.BLOCK_LENGTH, 0));
            case DepositDecoder.TEMPLATE_ID -> {
                final DepositDecoder deposit = new DepositDecoder().wrap(buffer, body, DepositDecoder.BLOCK_LENGTH, 0);
                cash.onDeposit(session, seqNum, deposit.accountId(), deposit.assetId(), deposit.amount());
            }
            case WithdrawDecoder.TEMPLATE_ID -> {
                final WithdrawDecoder withdraw =
                        new WithdrawDecoder().wrap(buffer, body, WithdrawDecoder.BLOCK_LENGTH, 0);
                cash.onWithdraw(session, seqNum, withdraw.accountId(), withdraw.assetId(), withdraw.amount());
            }
            case PriceTickDecoder.TEMPLATE_ID ->
                prices.onPriceTick(
                        session, new PriceTickDecoder().wrap(buffer, body, PriceTickDecoder.BLOCK_LENGTH, 0));
            default -> applyAndAccept(request);
        }
    }

    /** Commands whose answer is that they are accepted. */
    private void applyAndAccept(final Request request) {
        final DirectBuffer buffer = request.buffer();
        final int body = request.body();
        final Session session = request.session();
        Runnable afterwards = () -> {};
        switch (request.templateId()) {
            case MmpConfigDecoder.TEMPLATE_ID ->
                guards.onMmpConfig(
                        session, new MmpConfigDecoder().wrap(buffer, body, MmpConfigDecoder.BLOCK_LENGTH, 0));
            case MmpResetDecoder.TEMPLATE_ID ->
                guards.onMmpReset(session, new MmpResetDecoder().wrap(buffer, body, MmpResetDecoder.BLOCK_LENGTH, 0));
            case KillReleaseDecoder.TEMPLATE_ID ->
                guards.onKillRelease(
                        session, new KillReleaseDecoder().wrap(buffer, body, KillReleaseDecoder.BLOCK_LENGTH, 0));
            case DeadManDecoder.TEMPLATE_ID ->
                guards.onDeadMan(session, new DeadManDecoder().wrap(buffer, body, DeadManDecoder.BLOCK_LENGTH, 0));
            case InstrumentStateDecoder.TEMPLATE_ID -> {
                final InstrumentStateDecoder command =
                        new InstrumentStateDecoder().wrap(buffer, body, InstrumentStateDecoder.BLOCK_LENGTH, 0);
                final Instrument instrument = states.check(command);
                afterwards = () -> states.enter(instrument, command.state(), command.reason());
            }
            case VenueDefineDecoder.TEMPLATE_ID ->
                definitions.onVenue(new VenueDefineDecoder().wrap(buffer, body, VenueDefineDecoder.BLOCK_LENGTH, 0));
            case AssetDefineDecoder.TEMPLATE_ID ->
                definitions.onAsset(new AssetDefineDecoder().wrap(buffer, body, AssetDefineDecoder.BLOCK_LENGTH, 0));
            case FirmDefineDecoder.TEMPLATE_ID ->
                definitions.onFirm(new FirmDefineDecoder().wrap(buffer, body, FirmDefineDecoder.BLOCK_LENGTH, 0));
            case AccountDefineDecoder.TEMPLATE_ID ->
                definitions.onAccount(
                        new AccountDefineDecoder().wrap(buffer, body, AccountDefineDecoder.BLOCK_LENGTH, 0));
            case SessionDefineDecoder.TEMPLATE_ID ->
                definitions.onSession(
                        new SessionDefineDecoder().wrap(buffer, body, SessionDefineDecoder.BLOCK_LENGTH, 0));
            case InstrumentDefineDecoder.TEMPLATE_ID -> {
                final InstrumentDefineDecoder command =
                        new InstrumentDefineDecoder().wrap(buffer, body, InstrumentDefineDecoder.BLOCK_LENGTH, 0);
                afterwards = () -> definitions.onInstrument(command);
            }
            default -> throw new IllegalArgumentException("template " + request.templateId() + " is not modelled");
        }
        events.privately("CommandAccepted", session, null)
                .u32("refSeqNum", request.seqNum())
                .u16("refTemplateId", request.templateId());
        afterwards.run();
    }

    // From gateway and sequencer

    private void fromGateway(final Frame frame, final int templateId) {
        final Gateway gateway = connections.gateway(frame.gatewayId());
        connections.heard(gateway);
        final DirectBuffer buffer = frame.buffer();
        final int body = body(frame);
        try {
            switch (templateId) {
                case GatewayStartDecoder.TEMPLATE_ID ->
                    connections.onGatewayStart(
                            gateway, new GatewayStartDecoder().wrap(buffer, body, GatewayStartDecoder.BLOCK_LENGTH, 0));
                case SessionOpenDecoder.TEMPLATE_ID ->
                    connections.onSessionOpen(
                            gateway, new SessionOpenDecoder().wrap(buffer, body, SessionOpenDecoder.BLOCK_LENGTH, 0));
                case SessionClosedDecoder.TEMPLATE_ID ->
                    connections.onSessionClosed(
                            gateway,
                            new SessionClosedDecoder().wrap(buffer, body, SessionClosedDecoder.BLOCK_LENGTH, 0));
                default -> {
                    // GatewayAlive: to be heard is its whole effect.
                }
            }
        } catch (final Refused refused) {
            refusals.tell(new Request(null, 0, templateId, buffer, body), refused);
        }
    }

    private void fromSequencer(final int templateId) {
        if (templateId == ClockTickDecoder.TEMPLATE_ID) {
            world.instrumentsBySlot.forEach(prices::age);
            world.instrumentsBySlot.forEach(ticks::tellOpenInterest);
        }
    }
}
