{{- /* one line of a properties file */ -}}
{{- define "freshet.property" -}}
{{ index . 0 }}={{ index . 1 | toString | replace "\\" "\\\\" }}
{{- end -}}

{{- define "freshet.properties" -}}
quarkus.shutdown.delay={{ if .Values.knative.enabled }}0S{{ else }}{{ .Values.shutdown.delaySeconds }}S{{ end }}
quarkus.shutdown.timeout={{ .Values.shutdown.drainSeconds }}S
{{- /* one after the other */}}
freshet.stream-grace={{ sub .Values.shutdown.drainSeconds (div .Values.shutdown.drainSeconds 2) }}S
freshet.request-grace={{ div .Values.shutdown.drainSeconds 2 }}S
freshet.declarations.folder=/etc/freshet/declared
{{- with .Values.kafka.bootstrapServers }}
{{ include "freshet.property" (list "kafka.bootstrap.servers" .) }}
{{- end }}
{{- range $name, $value := .Values.kafka.settings }}
{{ include "freshet.property" (list (printf "freshet.sinks.kafka.\"%s\"" $name) $value) }}
{{- end }}
{{- with .Values.redis.hosts }}
{{ include "freshet.property" (list "quarkus.redis.hosts" .) }}
{{- end }}
{{- with .Values.mongodb.connectionString }}
{{ include "freshet.property" (list "quarkus.mongodb.connection-string" .) }}
{{- end }}
{{- if .Values.mongodb.store }}
freshet.store.mongodb=true
{{ include "freshet.property" (list "freshet.sharing.group" (printf "freshet.%s.%s" .Release.Namespace (include "freshet.fullname" .))) }}
{{- end }}
{{- with .Values.schemaRegistry.url }}
{{ include "freshet.property" (list "freshet.schema-registry.url" .) }}
{{- end }}
{{- if .Values.security.apiKeys.existingSecret }}
freshet.security.api-keys-file=/etc/freshet/keys/api-keys
{{- end }}
{{- if .Values.security.jwt.issuer }}
freshet.security.jwt.enabled=true
{{ include "freshet.property" (list "mp.jwt.verify.issuer" .Values.security.jwt.issuer) }}
{{ include "freshet.property" (list "mp.jwt.verify.publickey.location" .Values.security.jwt.publicKeyLocation) }}
{{- with .Values.security.jwt.audience }}
{{ include "freshet.property" (list "mp.jwt.verify.audiences" .) }}
{{- end }}
{{- end }}
{{- with .Values.security.origins }}
{{ include "freshet.property" (list "freshet.security.origins" (join "," .)) }}
{{- end }}
{{- with .Values.security.outboundAllow }}
{{ include "freshet.property" (list "freshet.security.outbound.allow" (join "," .)) }}
{{- end }}
{{- if .Values.tls.existingSecret }}
quarkus.http.ssl-port=8443
quarkus.tls.key-store.pem.0.cert=/etc/freshet/tls/tls.crt
quarkus.tls.key-store.pem.0.key=/etc/freshet/tls/tls.key
quarkus.tls.reload-period=1h
quarkus.http.insecure-requests=redirect
{{- end }}
{{- if .Values.persistence.enabled }}
freshet.store.folder=/var/lib/freshet
freshet.sinks.files-folder=/var/lib/freshet/files
{{- end }}
{{- end -}}

{{- define "freshet.probe" -}}
httpGet:
  path: /q/health/{{ index . 1 }}
  port: {{ if (index . 0).Values.knative.enabled }}0{{ else }}management{{ end }}
{{- end -}}

{{- define "freshet.container" -}}
name: freshet
image: {{ include "freshet.image" . }}
imagePullPolicy: {{ .Values.image.pullPolicy }}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  runAsNonRoot: true
  runAsUser: 1001
  capabilities:
    drop: [ALL]
  seccompProfile:
    type: RuntimeDefault
env:
  - name: FRESHET_HOST
    value: 0.0.0.0
  - name: QUARKUS_CONFIG_LOCATIONS
    value: /etc/freshet/config/application.properties
  {{- if not .Values.knative.enabled }}
  - name: PORT
    value: "8765"
  - name: FRESHET_MANAGEMENT_PORT
    value: "9000"
  {{- end }}
  {{- range $name, $value := .Values.env }}
  - name: {{ $name }}
    value: {{ $value | toString | quote }}
  {{- end }}
{{- with .Values.envFromSecrets }}
envFrom:
  {{- range . }}
  - secretRef:
      name: {{ . }}
  {{- end }}
{{- end }}
ports:
  - name: {{ if .Values.knative.enabled }}http1{{ else }}http{{ end }}
    containerPort: 8765
  {{- if not .Values.knative.enabled }}
  - name: management
    containerPort: 9000
  {{- if .Values.tls.existingSecret }}
  - name: https
    containerPort: 8443
  {{- end }}
  {{- end }}
{{- if not .Values.knative.enabled }}
startupProbe:
  {{- include "freshet.probe" (list . "started") | nindent 2 }}
  periodSeconds: {{ .Values.probes.startup.periodSeconds }}
  failureThreshold: {{ .Values.probes.startup.failureThreshold }}
{{- end }}
readinessProbe:
  {{- include "freshet.probe" (list . "ready") | nindent 2 }}
  periodSeconds: {{ .Values.probes.readiness.periodSeconds }}
  failureThreshold: {{ .Values.probes.readiness.failureThreshold }}
livenessProbe:
  {{- include "freshet.probe" (list . "live") | nindent 2 }}
  periodSeconds: {{ .Values.probes.liveness.periodSeconds }}
  failureThreshold: {{ .Values.probes.liveness.failureThreshold }}
resources:
  {{- toYaml .Values.resources | nindent 2 }}
volumeMounts:
  - name: tmp
    mountPath: /tmp
  - name: config
    mountPath: /etc/freshet/config
    readOnly: true
  - name: declared
    mountPath: /etc/freshet/declared
    readOnly: true
  {{- if .Values.security.apiKeys.existingSecret }}
  - name: keys
    mountPath: /etc/freshet/keys
    readOnly: true
  {{- end }}
  {{- if .Values.tls.existingSecret }}
  - name: tls
    mountPath: /etc/freshet/tls
    readOnly: true
  {{- end }}
  {{- if .Values.persistence.enabled }}
  - name: data
    mountPath: /var/lib/freshet
  {{- end }}
{{- end -}}

{{- define "freshet.volumes" -}}
- name: tmp
  emptyDir:
    sizeLimit: 1Gi
- name: config
  configMap:
    name: {{ include "freshet.fullname" . }}-config
- name: declared
  configMap:
    name: {{ include "freshet.fullname" . }}-declared
{{- if .Values.security.apiKeys.existingSecret }}
- name: keys
  secret:
    secretName: {{ .Values.security.apiKeys.existingSecret }}
    items:
      - key: {{ .Values.security.apiKeys.key }}
        path: api-keys
{{- end }}
{{- if .Values.tls.existingSecret }}
- name: tls
  secret:
    secretName: {{ .Values.tls.existingSecret }}
{{- end }}
{{- end -}}

{{- define "freshet.pod" -}}
metadata:
  labels:
    {{- include "freshet.selector" . | nindent 4 }}
    {{- with .Values.podLabels }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  annotations:
    {{- /* configuration is read when a pod starts; declared streams are read again by themselves */}}
    checksum/config: {{ include "freshet.properties" . | sha256sum }}
    {{- with .Values.podAnnotations }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  serviceAccountName: {{ include "freshet.serviceAccountName" . }}
  automountServiceAccountToken: false
  terminationGracePeriodSeconds: {{ add .Values.shutdown.delaySeconds .Values.shutdown.drainSeconds 5 }}
  securityContext:
    runAsNonRoot: true
    runAsUser: 1001
    runAsGroup: 1001
    fsGroup: 1001
    seccompProfile:
      type: RuntimeDefault
  {{- with .Values.imagePullSecrets }}
  imagePullSecrets:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .Values.priorityClassName }}
  priorityClassName: {{ . }}
  {{- end }}
  containers:
    - {{- include "freshet.container" . | nindent 6 }}
  volumes:
    {{- include "freshet.volumes" . | nindent 4 }}
  {{- if .Values.topologySpread.enabled }}
  topologySpreadConstraints:
    {{- range list "kubernetes.io/hostname" "topology.kubernetes.io/zone" }}
    - maxSkew: 1
      topologyKey: {{ . }}
      whenUnsatisfiable: ScheduleAnyway
      labelSelector:
        matchLabels:
          {{- include "freshet.selector" $ | nindent 10 }}
    {{- end }}
  {{- end }}
  {{- with .Values.nodeSelector }}
  nodeSelector:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .Values.tolerations }}
  tolerations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .Values.affinity }}
  affinity:
    {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end -}}
