package io.freshet.api;

import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;

import io.freshet.model.SynthesisModel;
import io.freshet.store.StoredModel;
import io.freshet.stream.cluster.ModelUsers;

/** Protects running streams from models that they could not use, and reports which streams follow a new version. */
@ApplicationScoped
public class ModelReplacement {

    private final ModelUse use;
    private final ModelUsers users;

    public ModelReplacement(ModelUse use, ModelUsers users) {
        this.use = use;
        this.users = users;
    }

    /** @throws ProblemException if running streams could not use the model, unless it is forced */
    void requireFit(String name, SynthesisModel model, boolean force) {
        refuse(force ? List.of() : users.unfit(name, model),
                "could not use the new model " + name + ": its columns differ, or their conditions cannot be met");
    }

    static void refuse(List<String> streams, String what) {
        if (!streams.isEmpty()) {
            throw new ProblemException(Problem.of(409, "name",
                    "the streams " + String.join(", ", streams) + " " + what + "; force=true does it anyway"));
        }
    }

    /** Returns the response for a new model, or for a new version, which includes the running streams that follow it. */
    Response response(StoredModel stored) {
        return Response.status(stored.version() == 1 ? 201 : 200).entity(ModelView.of(stored).usedBy(use.of(stored.name())))
                .build();
    }
}
