package org.isochron.sequencer.retransmit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.isochron.codecs.NodePositionDecoder;
import org.isochron.codecs.frame.Frame;
import org.isochron.codecs.frame.FrameType;
import org.isochron.sequencer.edge.EpochStand;
import org.isochron.sequencer.edge.Inbound;
import org.isochron.sequencer.edge.LaneListener;
import org.isochron.sequencer.edge.MessageHandler;
import org.isochron.sequencer.edge.Outbound;
import org.isochron.sequencer.edge.Transport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks other nodes for frames, one node and a bounded run of frames at a time, in the order configured. A node that says it
 * has no more, or says nothing, is passed over for the next; one that was silent is left out for a while. When all were
 * asked in vain the round begins anew after a pause. Nothing is asked for that the other thread does not look for.
 */
final class FrameFetcher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FrameFetcher.class);

    /** Longer than a node's thread is ever away from its work in good order. */
    static final long SILENCE_NS = TimeUnit.MILLISECONDS.toNanos(300);

    private static final long LEFT_OUT_NS = TimeUnit.SECONDS.toNanos(5);
    private static final long ROUND_PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long POSITION_INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int FRAMES_PER_CYCLE = 256;
    private static final int NOBODY = -1;

    private final RetransmitConfig config;
    private final FrameLink link;
    private final NodePositions positions;
    private final Inbound answers;
    private final List<Outbound> requests = new ArrayList<>();
    private final long[] leftOutUntilNs;
    private final NodeFrame message = new NodeFrame();
    private final Frame frame = new Frame();
    private final MessageHandler handler = this::onAnswer;

    private FrameLink.Wish wish = FrameLink.Wish.NOTHING;
    private long next;
    private int server = NOBODY;
    /** Who sent the frame that came last. */
    private int deliverer = NOBODY;

    private int inVain;
    private boolean isAsked;
    private boolean isSent;
    private long askedFirst;
    private long heardNs;
    private long pauseUntilNs;
    private long readsSeen;
    private long positionsAtNs;
    private long nowNs;

    private volatile long framesFetched;

    FrameFetcher(
            final RetransmitConfig config,
            final Transport transport,
            final FrameLink link,
            final NodePositions positions,
            final long nowNs) {
        this.config = config;
        this.link = link;
        this.positions = positions;
        answers = transport.subscribe(config.self().answers(), LaneListener.NONE);
        for (final Peer peer : config.servers()) {
            requests.add(transport.publish(peer.requests()));
        }
        leftOutUntilNs = new long[requests.size()];
        Arrays.fill(leftOutUntilNs, nowNs);
        positionsAtNs = nowNs;
    }

    int doWork(final long monotonicNs) {
        nowNs = monotonicNs;
        followWish();
        int work = answers.poll(handler, FRAMES_PER_CYCLE);
        work += askPositions();
        if (wish.from() > 0 && !requests.isEmpty()) {
            work += ask();
        }
        return work;
    }

    private void followWish() {
        final FrameLink.Wish newest = link.wish();
        if (newest == wish) {
            return;
        }
        wish = newest;
        isAsked = false;
        if (wish.from() > 0) {
            // What was delivered already and is wanted again was refused: somebody else is to be asked.
            final boolean isRefused = wish.from() < next && deliverer != NOBODY;
            server = isRefused ? (deliverer + 1) % requests.size() : NOBODY;
            next = wish.from();
            inVain = 0;
        }
    }

    private int ask() {
        if (isAsked) {
            if (nowNs - heardNs < SILENCE_NS) {
                return isSent ? 0 : send();
            }
            LOG.warn(
                    "{} does not answer, frame {} is asked of the next",
                    config.servers().get(server).name(),
                    next);
            leftOutUntilNs[server] = nowNs + LEFT_OUT_NS;
            passOn();
        }
        if (nowNs - pauseUntilNs < 0 || link.reads() == readsSeen) {
            return 0;
        }
        if (server == NOBODY) {
            server = firstServer();
        }
        readsSeen = link.reads();
        isAsked = true;
        askedFirst = next;
        heardNs = nowNs;
        return send();
    }

    /** The first in the order configured that is not left out; the first of all when every one is. */
    private int firstServer() {
        for (int i = 0; i < leftOutUntilNs.length; i++) {
            if (nowNs - leftOutUntilNs[i] >= 0) {
                return i;
            }
        }
        return 0;
    }

    /** The node asked does not have the next frame. */
    private void passOn() {
        isAsked = false;
        inVain++;
        server = (server + 1) % requests.size();
        if (inVain >= requests.size()) {
            inVain = 0;
            server = NOBODY;
            pauseUntilNs = nowNs + ROUND_PAUSE_NS;
            link.exhausted(wish.number());
        }
    }

    /** Offered again and again until it is taken: a node that has just come up is connected a moment later. */
    private int send() {
        isSent = send(server, askedFirst, askedFirst + FrameServer.MAX_FRAMES - 1);
        return isSent ? 1 : 0;
    }

    private boolean send(final int to, final long first, final long last) {
        final int length = message.encodeRequest(config.self().nodeId(), first, last);
        return requests.get(to).offer(message.buffer(), 0, length) > 0;
    }

    private boolean onAnswer(final int lane, final DirectBuffer buffer, final int offset, final int length) {
        if (length < Frame.HEADER_LENGTH) {
            return true;
        }
        if (frame.wrap(buffer, offset).frameType() == FrameType.NODE) {
            if (message.wrap(buffer, offset, length) && message.isPosition()) {
                onPosition(serverOf(message.nodeId()), message.position());
            }
            return true;
        }
        if (!isAsked || frame.sequence() != next) {
            return true;
        }
        // Not sound: let it pass, and with it all that follow; the silence then leads to the next node.
        if (frame.damage(length) != null) {
            return true;
        }
        heardNs = nowNs;
        if (!link.put(wish.number(), buffer, offset, frame.length())) {
            return false;
        }
        inVain = 0;
        deliverer = server;
        next++;
        framesFetched++;
        return true;
    }

    private int serverOf(final int nodeId) {
        for (int i = 0; i < requests.size(); i++) {
            if (config.servers().get(i).nodeId() == nodeId) {
                return i;
            }
        }
        return NOBODY;
    }

    private void onPosition(final int from, final NodePositionDecoder position) {
        if (from == NOBODY) {
            return;
        }
        positions.put(
                config.servers().get(from).nodeId(),
                new NodePosition(
                        position.lastSequence(),
                        position.lastChain(),
                        (int) position.lastEpoch(),
                        new EpochStand((int) position.promisedEpoch(), (int) position.decidedEpoch(), (int)
                                position.givenEpoch())));
        if (!isAsked || server != from || position.firstSequence() != askedFirst) {
            return;
        }
        heardNs = nowNs;
        if (position.lastSequence() >= next && next > askedFirst) {
            isAsked = false;
        } else {
            passOn();
        }
    }

    /** Everybody who has not answered yet, every now and then while somebody waits for it. */
    private int askPositions() {
        if (!positions.isAsked() || nowNs - positionsAtNs < 0) {
            return 0;
        }
        positionsAtNs = nowNs + POSITION_INTERVAL_NS;
        int sent = 0;
        for (int i = 0; i < requests.size(); i++) {
            if (positions.of(config.servers().get(i).nodeId()) == null && send(i, 1, 0)) {
                sent++;
            }
        }
        return sent;
    }

    /** Frames fetched from other nodes since the start. Any thread. */
    long framesFetched() {
        return framesFetched;
    }

    @Override
    public void close() {
        requests.forEach(Outbound::close);
        answers.close();
    }
}
