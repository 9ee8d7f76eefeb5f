package org.isochron.replay;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.isochron.codecs.MessageHeaderDecoder;
import org.isochron.codecs.StateHashReportDecoder;
import org.isochron.codecs.frame.Frame;
import org.isochron.codecs.frame.FrameType;
import org.isochron.codecs.shape.MessageShape;
import org.isochron.sequencer.replica.Noun;

/** State hash reports of a log that contradict the first one for the same sequence. Nothing is applied. */
public final class HashDissent {
    /** Places kept open for further reports; nodes report within few of them. */
    private static final int DEPTH = 64;

    private final TreeMap<Long, Report> first = new TreeMap<>();
    private final List<Finding> findings = new ArrayList<>();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final StateHashReportDecoder decoder = new StateHashReportDecoder();

    private record Report(long nodeId, NounHashes hashes) {}

    /**
     * Two reports that contradict each other.
     *
     * @param sequence  last command both include.
     * @param noun      first noun that differs.
     * @param nodeId    who contradicts.
     * @param hash      its hash of the noun.
     * @param otherNode who reported first.
     * @param otherHash what that one reported.
     */
    public record Finding(long sequence, Noun noun, long nodeId, long hash, long otherNode, long otherHash) {}

    /** Looks at the next frame of the log. */
    void take(final Frame frame) {
        if (MessageShape.isCarriedBy(
                frame, FrameType.SESSION, StateHashReportDecoder.TEMPLATE_ID, StateHashReportDecoder.BLOCK_LENGTH)) {
            decoder.wrapAndApplyHeader(frame.buffer(), frame.payloadOffset(), header);
            compare(
                    decoder.atSequence(),
                    new Report(
                            decoder.nodeId(),
                            new NounHashes(
                                    decoder.booksHash(),
                                    decoder.ledgerHash(),
                                    decoder.marksHash(),
                                    decoder.sessionsHash())));
        }
    }

    private void compare(final long sequence, final Report report) {
        final Report before = first.putIfAbsent(sequence, report);
        if (before == null) {
            forgetOldest();
            return;
        }
        final Noun noun = before.hashes.firstDifference(report.hashes);
        if (noun != null) {
            findings.add(new Finding(
                    sequence, noun, report.nodeId, report.hashes.hash(noun), before.nodeId, before.hashes.hash(noun)));
        }
    }

    private void forgetOldest() {
        final Iterator<Map.Entry<Long, Report>> oldest = first.entrySet().iterator();
        while (first.size() > DEPTH) {
            oldest.next();
            oldest.remove();
        }
    }

    List<Finding> findings() {
        return List.copyOf(findings);
    }
}
