package org.isochron.sequencer.retransmit;

import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.isochron.codecs.FrameRequestDecoder;
import org.isochron.sequencer.edge.Inbound;
import org.isochron.sequencer.edge.LaneListener;
import org.isochron.sequencer.edge.MessageHandler;
import org.isochron.sequencer.edge.Transport;

/**
 * Answers requests for frames out of the own journal. Whoever asks has one request at a time, a newer one in place of the
 * older; all that wait are served in turns of {@value #FRAMES_PER_TURN} frames, out of one budget of bytes, so one that asks
 * without end, or never listens, costs the others no more than its turn.
 */
final class FrameServer implements AutoCloseable {
    /** Most frames sent for one request: who wants more asks again. */
    static final int MAX_FRAMES = 4096;

    static final int FRAMES_PER_TURN = 32;

    private static final int REQUESTS_PER_CYCLE = 16;

    private final RetransmitConfig config;
    private final Inbound requests;
    private final List<FrameAnswer> answers = new ArrayList<>();
    private final NodeFrame message = new NodeFrame();
    private final ByteBudget budget;
    private final MessageHandler handler = this::onRequest;
    private ServedJournal journal;
    private int start;
    private long nowNs;

    private volatile long requestsTaken;
    private volatile long requestsRefused;

    FrameServer(final RetransmitConfig config, final Transport transport, final long nowNs) {
        this.config = config;
        requests = transport.subscribe(config.self().requests(), LaneListener.NONE);
        for (final Peer client : config.clients()) {
            answers.add(new FrameAnswer(config.self().nodeId(), client, transport));
        }
        budget = new ByteBudget(config.bytesPerSecond(), nowNs);
    }

    /** From now on there is something to be served; before, requests are let pass. */
    void serve(final ServedJournal newJournal) {
        journal = newJournal;
    }

    int doWork(final long monotonicNs) {
        nowNs = monotonicNs;
        int work = requests.poll(handler, REQUESTS_PER_CYCLE);
        budget.refill(nowNs);
        start = start + 1 < answers.size() ? start + 1 : 0;
        for (int i = 0; i < answers.size(); i++) {
            work += answers.get((start + i) % answers.size()).serve(budget, FRAMES_PER_TURN, nowNs);
        }
        return work;
    }

    private boolean onRequest(final int lane, final DirectBuffer buffer, final int offset, final int length) {
        final FrameAnswer answer =
                message.wrap(buffer, offset, length) && message.isRequest() ? answerTo(message.nodeId()) : null;
        if (answer == null) {
            requestsRefused++;
            return true;
        }
        final FrameRequestDecoder request = message.request();
        final long first = request.firstSequence();
        if (first < 1) {
            requestsRefused++;
        } else if (journal != null) {
            requestsTaken++;
            answer.begin(journal, first, Math.min(request.lastSequence(), first + MAX_FRAMES - 1), budget, nowNs);
        }
        return true;
    }

    private FrameAnswer answerTo(final int nodeId) {
        for (final FrameAnswer answer : answers) {
            if (answer.peer().nodeId() == nodeId) {
                return answer;
            }
        }
        return null;
    }

    /** Requests answered, or being answered. Any thread. */
    long requestsTaken() {
        return requestsTaken;
    }

    /** Messages that were no request, or of a node that is not configured. Any thread. */
    long requestsRefused() {
        return requestsRefused;
    }

    /** Requests given up because the one that asked does not listen. */
    long requestsAbandoned() {
        return answers.stream().mapToLong(FrameAnswer::abandoned).sum();
    }

    /** Frames sent. Any thread. */
    long framesSent() {
        return answers.stream().mapToLong(FrameAnswer::framesSent).sum();
    }

    @Override
    public void close() {
        answers.forEach(FrameAnswer::close);
        requests.close();
    }
}
