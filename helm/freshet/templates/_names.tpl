{{- define "freshet.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{- define "freshet.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 52 | trimSuffix "-" -}}
{{- else if contains (include "freshet.name" .) .Release.Name -}}
{{- .Release.Name | trunc 52 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name (include "freshet.name" .) | trunc 52 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "freshet.selector" -}}
app.kubernetes.io/name: {{ include "freshet.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "freshet.labels" -}}
{{ include "freshet.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- end -}}

{{- define "freshet.serviceAccountName" -}}
{{- if .Values.serviceAccount.create -}}
{{- default (include "freshet.fullname" .) .Values.serviceAccount.name -}}
{{- else -}}
{{- default "default" .Values.serviceAccount.name -}}
{{- end -}}
{{- end -}}

{{- define "freshet.image" -}}
{{- $tag := default .Chart.AppVersion .Values.image.tag -}}
{{- if eq $tag "latest" -}}{{- fail "image.tag must not be latest: set a version" -}}{{- end -}}
{{- if .Values.image.digest -}}
{{- printf "%s@%s" .Values.image.repository .Values.image.digest -}}
{{- else -}}
{{- printf "%s:%s" .Values.image.repository $tag -}}
{{- end -}}
{{- end -}}

{{- /* rejects values that would fail at run time before anything is installed */ -}}
{{- define "freshet.checks" -}}
{{- if not (or .Values.security.apiKeys.existingSecret .Values.security.jwt.issuer) -}}
{{- fail "no authentication is configured: set security.apiKeys.existingSecret or security.jwt.issuer and security.jwt.publicKeyLocation" -}}
{{- end -}}
{{- if and .Values.security.jwt.issuer (not .Values.security.jwt.publicKeyLocation) -}}
{{- fail "security.jwt.issuer needs security.jwt.publicKeyLocation, the address of the issuer's keys" -}}
{{- end -}}
{{- range $name, $value := .Values.env -}}
{{- if regexMatch "(?i)(password|secret|token|credential|api_?key|connection_?string|jaas)" $name -}}
{{- fail (printf "env.%s looks like a secret: put it in a secret and list that secret in envFromSecrets" $name) -}}
{{- end -}}
{{- end -}}
{{- range $name, $value := .Values.kafka.settings -}}
{{- if regexMatch "(?i)(password|jaas|secret|token)" $name -}}
{{- fail (printf "kafka.settings.%s looks like a secret: put it in a secret and list that secret in envFromSecrets" $name) -}}
{{- end -}}
{{- end -}}
{{- range $name, $address := dict "redis.hosts" .Values.redis.hosts "mongodb.connectionString" .Values.mongodb.connectionString "schemaRegistry.url" .Values.schemaRegistry.url -}}
{{- if contains "@" $address -}}
{{- fail (printf "%s contains a user: put it in a secret and list that secret in envFromSecrets" $name) -}}
{{- end -}}
{{- end -}}
{{- if and .Values.mongodb.store .Values.persistence.enabled -}}
{{- fail "mongodb.store and persistence.enabled exclude each other: models and streams are stored in one place" -}}
{{- end -}}
{{- if and .Values.mongodb.store (not (or .Values.mongodb.connectionString .Values.envFromSecrets)) -}}
{{- fail "mongodb.store needs mongodb.connectionString, or a secret with QUARKUS_MONGODB_CONNECTION_STRING in envFromSecrets" -}}
{{- end -}}
{{- if and .Values.knative.enabled .Values.persistence.enabled -}}
{{- fail "knative.enabled and persistence.enabled exclude each other: a Knative service has no volume of its own" -}}
{{- end -}}
{{- if and .Values.knative.enabled .Values.autoscaling.enabled -}}
{{- fail "knative.enabled and autoscaling.enabled exclude each other: Knative scales by itself" -}}
{{- end -}}
{{- if and .Values.keda.enabled (or .Values.autoscaling.enabled .Values.knative.enabled) -}}
{{- fail "keda.enabled, autoscaling.enabled and knative.enabled exclude each other: only one of them may set the number of pods" -}}
{{- end -}}
{{- if and .Values.keda.enabled (gt (int .Values.keda.minReplicas) (int .Values.keda.maxReplicas)) -}}
{{- fail "keda.minReplicas must not be above keda.maxReplicas" -}}
{{- end -}}
{{- if and .Values.keda.enabled (not (or .Values.keda.topics .Values.keda.prometheus.address .Values.keda.targetCpuUtilization)) -}}
{{- fail "keda.enabled needs a trigger: keda.topics, keda.prometheus.address or keda.targetCpuUtilization" -}}
{{- end -}}
{{- if and .Values.gateway.enabled (not .Values.gateway.parentRefs) -}}
{{- fail "gateway.enabled needs gateway.parentRefs" -}}
{{- end -}}
{{- if and .Values.autoscaling.enabled (gt (int .Values.autoscaling.minReplicas) (int .Values.autoscaling.maxReplicas)) -}}
{{- fail "autoscaling.minReplicas must not be above autoscaling.maxReplicas" -}}
{{- end -}}
{{- end -}}
