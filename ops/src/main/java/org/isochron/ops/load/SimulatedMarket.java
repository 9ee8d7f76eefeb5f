package org.isochron.ops.load;

import java.util.ArrayList;
import java.util.List;
import org.isochron.ops.client.ClientSession;
import org.isochron.ops.client.Contract;
import org.isochron.ops.client.Figures;
import org.isochron.ops.client.PricePort;
import org.isochron.ops.definition.VenueDefinitions;
import org.isochron.ops.traffic.MarketWatch;
import org.isochron.ops.traffic.Traffic;
import org.isochron.ops.venue.VenueAccess;
import org.isochron.sequencer.edge.Transport;
import org.isochron.sequencer.edge.VenueClock;

/**
 * All simulated traders and publishers on one thread. First everybody logs on and the publishers name a price for each
 * instrument; when every index is there, trading goes on by the schedule; at its end what is on its way is awaited.
 */
public final class SimulatedMarket implements Traffic {
    private static final long START_TIMEOUT_NS = 20_000_000_000L;
    private static final long MS = 1_000_000L;
    private static final long DRAIN_TIMEOUT_NS = 5_000_000_000L;
    /** Requests sent in one duty cycle at most, so that answers are read while catching up. */
    private static final int SENDS_PER_CYCLE = 32;

    private enum Phase {
        LOGGING_ON,
        PRICING,
        TRADING,
        DRAINING,
        DONE
    }

    private final VenueClock clock;
    private final Transport transport;
    private final Figures figures = new Figures();
    private final MarketWatch market;
    private final List<ClientSession> sessions = new ArrayList<>();
    private final List<Contract> contracts = new ArrayList<>();
    private final List<Quoter> quoters = new ArrayList<>();
    private final List<Taker> takers = new ArrayList<>();
    private final List<RandomWalk> walks = new ArrayList<>();
    private final List<PricePort> publishers = new ArrayList<>();
    private final Schedule orders;
    private final long durationNs;
    private final Schedule ticks;
    private Phase phase = Phase.LOGGING_ON;
    private long phaseNs;
    private int nextQuoter;
    private int nextTaker;
    private int nextPublisher;

    public SimulatedMarket(final VenueAccess access, final VenueDefinitions definitions, final LoadProfile profile) {
        clock = access.clock();
        transport = access.newTransport();
        market = new MarketWatch(access, transport);
        definitions.listings().forEach(listing -> {
            contracts.add(listing.contract());
            walks.add(new RandomWalk(
                    listing.firstPriceE9() / listing.contract().tickE9(), profile.seed() + contracts.size()));
        });
        definitions.traders().forEach(trader -> {
            final ClientSession session =
                    new ClientSession(access, transport, trader.sessionId(), trader.accountId(), false, figures);
            sessions.add(session);
            contracts.forEach(contract -> addTrader(session, trader, contract, profile.seed()));
        });
        for (int source = 0; source < VenueDefinitions.SOURCES; source++) {
            addPublisher(access, source);
        }
        durationNs = profile.durationNs();
        orders = new Schedule(profile.requestsPerSecond(), profile.durationNs(), profile.rampNs());
        ticks = new Schedule((long) LoadProfile.TICKS_PER_SECOND * publishers.size(), Long.MAX_VALUE, 0);
        phaseNs = clock.monotonicNs();
    }

    private void addTrader(
            final ClientSession session,
            final VenueDefinitions.Trader trader,
            final Contract contract,
            final long seed) {
        final long ownSeed = seed + 1_000L * trader.sessionId() + contract.instrumentId();
        if (trader.firmId() == VenueDefinitions.MAKER_FIRM) {
            final Quoter quoter = new Quoter(session.orders(contract.instrumentId()), contract, ownSeed);
            session.listen(contract.instrumentId(), quoter);
            quoters.add(quoter);
        } else {
            final Taker taker = new Taker(session.orders(contract.instrumentId()), contract, ownSeed);
            session.listen(contract.instrumentId(), taker);
            takers.add(taker);
        }
    }

    private void addPublisher(final VenueAccess access, final int source) {
        final ClientSession session =
                new ClientSession(access, transport, VenueDefinitions.FIRST_PUBLISHER + source, 0, false, figures);
        sessions.add(session);
        contracts.forEach(contract -> publishers.add(session.prices(contract.instrumentId(), source)));
    }

    @Override
    public int doWork() {
        int work = market.poll();
        for (final ClientSession session : sessions) {
            work += session.poll();
        }
        final long nowNs = clock.monotonicNs();
        return work
                + switch (phase) {
                    case LOGGING_ON -> logOn(nowNs);
                    case PRICING -> price(nowNs);
                    case TRADING -> trade(nowNs);
                    case DRAINING -> drain(nowNs);
                    case DONE -> 0;
                };
    }

    private int logOn(final long nowNs) {
        failWhenLate(nowNs, "not every session is open");
        if (!sessions.stream().allMatch(ClientSession::isEstablished)) {
            return 0;
        }
        ticks.start(nowNs);
        return enter(Phase.PRICING, nowNs);
    }

    private int price(final long nowNs) {
        failWhenLate(nowNs, "not every instrument has an index");
        final int sent = publish(nowNs);
        for (final Contract contract : contracts) {
            if (market.indexE9(contract.instrumentId()) == 0) {
                return sent;
            }
        }
        orders.start(nowNs);
        figures.warmFrom(nowNs + durationNs / 2);
        return enter(Phase.TRADING, nowNs);
    }

    private int trade(final long nowNs) {
        int work = publish(nowNs);
        for (int i = 0; i < SENDS_PER_CYCLE && orders.isDue(nowNs); i++) {
            if (!sendNext(orders.intendedNs())) {
                break;
            }
            orders.take();
            work++;
        }
        return orders.isOver() ? work + enter(Phase.DRAINING, nowNs) : work;
    }

    /** Lets the trader whose turn it is act, or the next one that can; false when nobody can. */
    private boolean sendNext(final long intendedNs) {
        return orders.taken() % LoadProfile.TAKER_SHARE == 0 ? takeNext(intendedNs) : quoteNext(intendedNs);
    }

    private boolean takeNext(final long intendedNs) {
        final int index = nextTaker;
        nextTaker = (nextTaker + 1) % takers.size();
        return takers.get(index).act(intendedNs, indexOf(index));
    }

    private boolean quoteNext(final long intendedNs) {
        for (int i = 0; i < quoters.size(); i++) {
            final int index = nextQuoter;
            nextQuoter = (nextQuoter + 1) % quoters.size();
            if (quoters.get(index).act(intendedNs, indexOf(index))) {
                return true;
            }
        }
        return false;
    }

    /** Traders are kept instrument by instrument within each session. */
    private long indexOf(final int trader) {
        return market.indexE9(contracts.get(trader % contracts.size()).instrumentId());
    }

    private int publish(final long nowNs) {
        int sent = 0;
        while (ticks.isDue(nowNs)) {
            final int instrument = nextPublisher % contracts.size();
            final RandomWalk walk = walks.get(instrument);
            if (!publishers.get(nextPublisher).tick(contracts.get(instrument).priceE9(walk.ticks()))) {
                break;
            }
            if (nextPublisher < contracts.size()) {
                walk.step();
            }
            nextPublisher = (nextPublisher + 1) % publishers.size();
            ticks.take();
            sent++;
        }
        return sent;
    }

    private int drain(final long nowNs) {
        if (inFlight() == 0) {
            return enter(Phase.DONE, nowNs);
        }
        if (nowNs - phaseNs > DRAIN_TIMEOUT_NS) {
            throw new IllegalStateException(inFlight() + " requests are without an answer");
        }
        return 0;
    }

    private int inFlight() {
        return quoters.stream().mapToInt(Quoter::inFlight).sum()
                + takers.stream().mapToInt(Taker::inFlight).sum();
    }

    private int enter(final Phase next, final long nowNs) {
        phase = next;
        phaseNs = nowNs;
        return 1;
    }

    private void failWhenLate(final long nowNs, final String what) {
        if (nowNs - phaseNs > START_TIMEOUT_NS) {
            throw new IllegalStateException(what + " after " + START_TIMEOUT_NS / 1_000_000_000L + " s");
        }
    }

    @Override
    public boolean isDone() {
        return phase == Phase.DONE;
    }

    @Override
    public Figures figures() {
        return figures;
    }

    @Override
    public MarketWatch market() {
        return market;
    }

    @Override
    public long done() {
        return orders.offsetNs() / MS;
    }

    @Override
    public long total() {
        return orders.durationNs() / MS;
    }

    @Override
    public void close() {
        sessions.forEach(ClientSession::close);
        market.close();
        transport.close();
    }
}
