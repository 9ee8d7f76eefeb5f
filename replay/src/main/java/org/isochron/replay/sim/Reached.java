package org.isochron.replay.sim;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.isochron.codecs.BusyDecoder;
import org.isochron.codecs.GatewayRejectDecoder;
import org.isochron.codecs.schema.FieldSchema;
import org.isochron.codecs.schema.FieldSchema.Kind;
import org.isochron.codecs.schema.MessageSchema;
import org.isochron.codecs.schema.Schema;
import org.isochron.codecs.shape.MessageShape;
import org.isochron.sequencer.replica.EventBatch;

/**
 * Which of the core's branches have been reached, as far as its own words tell: every kind of event there is in the schema,
 * and every choice of every enumeration that an event has, be it a reason, a state, a code or an outcome, said in any event.
 */
final class Reached {
    private static final String KINDS = "event";

    private final FieldSchema[][] choices = new FieldSchema[1 << 10][];
    private final Map<String, BitSet> reached = new TreeMap<>();
    private final Map<String, List<FieldSchema.Choice>> all = new TreeMap<>();
    private final BitSet kinds = new BitSet();

    Reached() {
        for (final MessageSchema message : Schema.venue().messages()) {
            if (isEvent(message.templateId())) {
                final List<FieldSchema> enums = message.fields().stream()
                        .filter(field -> field.kind() == Kind.ENUM)
                        .toList();
                choices[message.templateId()] = enums.toArray(FieldSchema[]::new);
                enums.forEach(field -> {
                    all.put(field.typeName(), field.choices());
                    reached.put(field.typeName(), new BitSet());
                });
            }
        }
    }

    /** What the core makes: neither what clients and nodes send nor what the gateway says by itself. */
    private static boolean isEvent(final int templateId) {
        final boolean told = templateId >= 200 && templateId < 399 || templateId >= 670 && templateId < 690;
        return told && templateId != BusyDecoder.TEMPLATE_ID && templateId != GatewayRejectDecoder.TEMPLATE_ID;
    }

    /** A command has been applied for the first time. */
    void add(final EventBatch events) {
        for (int record = events.first(); record != EventBatch.END; record = events.next(record)) {
            final int message = events.messageOffset(record);
            final int templateId = MessageShape.templateId(events.buffer(), message);
            kinds.set(templateId);
            for (final FieldSchema field : choices[templateId]) {
                final long value = field.get(events.buffer(), message + MessageShape.HEADER_LENGTH);
                if (value != field.nullValue()) {
                    reached.get(field.typeName()).set((int) value);
                }
            }
        }
    }

    /** What another seed has reached is reached. */
    void add(final Reached other) {
        kinds.or(other.kinds);
        other.reached.forEach((type, values) -> reached.get(type).or(values));
    }

    /** By enumeration; kinds of events as {@code event}. */
    Map<String, Campaign.Share> shares() {
        final Map<String, Campaign.Share> shares = new TreeMap<>();
        all.forEach((type, values) -> {
            final List<String> missing = values.stream()
                    .filter(choice -> !reached.get(type).get(choice.value()))
                    .map(FieldSchema.Choice::name)
                    .toList();
            shares.put(type, new Campaign.Share(values.size() - missing.size(), values.size(), missing));
        });
        shares.put(KINDS, kindsOfEvents());
        return shares;
    }

    private Campaign.Share kindsOfEvents() {
        final List<String> missing = new ArrayList<>();
        int of = 0;
        for (final MessageSchema message : Schema.venue().messages()) {
            if (isEvent(message.templateId())) {
                of++;
                if (!kinds.get(message.templateId())) {
                    missing.add(message.name());
                }
            }
        }
        return new Campaign.Share(of - missing.size(), of, missing);
    }
}
