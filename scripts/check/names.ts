import { nearest } from '../../src/bank/nearest.js';
import type { Finding, Placed } from './finding.js';
import { textsOf } from './finding.js';

/** As Django, DRF and others spell them. */
const canonical = `
  select_related prefetch_related select_for_update bulk_create bulk_update get_or_create update_or_create
  values_list in_bulk full_clean save_m2m refresh_from_db get_absolute_url get_queryset get_object_or_404
  get_list_or_404 get_context_data get_form_class get_user_model get_serializer_class get_permissions as_view
  on_delete related_name auto_now auto_now_add unique_together index_together limit_choices_to db_index db_default
  db_constraint has_perm has_perms has_object_permission has_permission check_password set_password make_password
  create_user create_superuser login_required permission_required user_passes_test csrf_exempt csrf_protect
  csrf_token ensure_csrf_cookie method_decorator cache_page vary_on_headers vary_on_cookie never_cache
  pre_save post_save pre_delete post_delete m2m_changed request_started request_finished got_request_exception
  is_valid is_staff is_superuser is_active is_authenticated is_anonymous cleaned_data form_valid form_invalid
  collectstatic runserver makemigrations sqlmigrate showmigrations squashmigrations dumpdata loaddata
  startproject startapp inspectdb mark_safe format_html reverse_lazy url_for sync_to_async async_to_sync
  on_commit list_display list_filter list_select_related search_fields raw_id_fields readonly_fields
  api_view perform_create perform_update to_representation to_internal_value validated_data initial_data
  lookup_field filter_backends filterset_fields permission_classes authentication_classes throttle_classes
  serializer_class pagination_class force_authenticate assertNumQueries
  QuerySet ForeignKey OneToOneField ManyToManyField CharField TextField IntegerField BooleanField DateTimeField
  DateField DecimalField JSONField FileField ImageField SlugField UUIDField GeneratedField GenericForeignKey
  AutoField BigAutoField UniqueConstraint CheckConstraint RunPython RunSQL AddField AlterField CreateModel
  OuterRef RawSQL ContentType ContentTypes AbstractUser AbstractBaseUser PermissionsMixin
  HttpRequest HttpResponse JsonResponse StreamingHttpResponse FileResponse TemplateResponse RequestFactory
  ListView DetailView CreateView UpdateView DeleteView TemplateView FormView RedirectView LoginView LogoutView
  LoginRequiredMixin PermissionRequiredMixin UserPassesTestMixin ModelForm ModelAdmin TabularInline StackedInline
  ModelChoiceField TestCase TransactionTestCase SimpleTestCase LiveServerTestCase setUpTestData
  DoesNotExist MultipleObjectsReturned ObjectDoesNotExist ImproperlyConfigured PermissionDenied ValidationError
  IntegrityError FieldError SynchronousOnlyOperation TransactionManagementError ProtectedError
  APIView ViewSet ModelViewSet ReadOnlyModelViewSet GenericViewSet GenericAPIView ListAPIView CreateAPIView
  RetrieveAPIView ListCreateAPIView RetrieveUpdateDestroyAPIView ModelSerializer HyperlinkedModelSerializer
  ListSerializer SerializerMethodField PrimaryKeyRelatedField SlugRelatedField StringRelatedField
  HyperlinkedIdentityField DefaultRouter SimpleRouter IsAuthenticated IsAuthenticatedOrReadOnly IsAdminUser
  AllowAny BasePermission DjangoModelPermissions DjangoObjectPermissions TokenAuthentication
  SessionAuthentication BasicAuthentication PageNumberPagination LimitOffsetPagination CursorPagination
  AnonRateThrottle UserRateThrottle ScopedRateThrottle SearchFilter OrderingFilter DjangoFilterBackend
  BaseAuthentication BaseThrottle BaseRenderer BaseParser BasePagination BaseFilterBackend BaseSerializer
  UpdateAPIView DestroyAPIView RetrieveUpdateAPIView RetrieveDestroyAPIView APIClient APITestCase APIRequestFactory
  PostgreSQL SQLite MySQL MariaDB WhiteNoise Gunicorn Uvicorn JavaScript WebSocket WebSockets OAuth GraphQL
  GitHub OpenAPI Redis Celery Memcached Docker
`;

/** Other right spellings: words of their own, modules, cookies and the like. */
const accepted = `
  queryset querysets formset contenttype contenttypes modelform csrftoken redis celery memcached docker gunicorn
  uvicorn postgresql sqlite mysql websocket websockets whitenoise openapi javascript oauth graphql github testcase
  createsuperuser content_type Content-Type viewset viewsets unique-together X-CSRFToken
  read_only_fields slug_field
`;

const key = (name: string): string => name.replaceAll(/[_-]/g, '').toLowerCase();
const words = (list: string): string[] => list.trim().split(/\s+/);
const canonicalByKey = new Map(words(canonical).map((name) => [key(name), name]));
const right = new Set(words(`${canonical} ${accepted}`));

/** Names that are written with other capitals, underscores or hyphens than they have, or with a slip. */
export function misspelt(all: readonly Placed[]): Finding[] {
  return all.flatMap((place) => {
    const { code } = place.question;
    const texts = [
      ...textsOf(place.question),
      ...(code === undefined ? [] : [{ path: ['code'], text: code }]),
    ];
    return texts.flatMap(({ path, text }) =>
      misspellings(text).map(({ written, meant }) => ({
        ...place,
        path,
        message: `\`${place.question.id}\` has the name ${written}`,
        remedy: `write ${meant}, or add it to scripts/check/names.ts if it is right`,
      })),
    );
  });
}

function misspellings(text: string): { written: string; meant: string }[] {
  const names = new Set(text.replaceAll(/https?:\S+/g, '').match(/[A-Za-z_][\w-]*/g));
  return [...names].flatMap((written) => {
    const meant = correct(written);
    return meant === undefined ? [] : [{ written, meant }];
  });
}

const known = new Map<string, string | undefined>();

/** The name that was meant, when it is another. */
function correct(written: string): string | undefined {
  if (right.has(written)) return undefined;
  if (!known.has(written)) known.set(written, canonicalByKey.get(key(written)) ?? slipOf(written));
  return known.get(written);
}

/** In long names with underscores or inner capitals; other words are English. A plural is no slip. */
function slipOf(written: string): string | undefined {
  if (!/[a-z](?:[A-Z]|_[a-z])/.test(written) || written.length < 9) return undefined;
  const near = nearest(key(written), canonicalByKey.keys(), written.length < 14 ? 1 : 2);
  const isPlural = near !== undefined && (key(written) === `${near}s` || near === `${key(written)}s`);
  return near === undefined || isPlural ? undefined : canonicalByKey.get(near);
}
